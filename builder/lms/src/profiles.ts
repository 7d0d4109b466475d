// How LMSs differ where the standard leaves room, or where a widely used LMS departs from it.
import type { Element } from "./standard.js";

export interface Profile {
  readonly supports: (element: Element) => boolean;
  /** Send only what differs from what was last sent, also when that sending failed. */
  readonly sendsChangesOnly: boolean;
  /** A second initialise empties the model. */
  readonly secondInitialiseWipes: boolean;
  /** Outside normal mode nothing is stored, whatever the SCO sets. */
  readonly protectsReview: boolean;
  /** A finish that could not be stored ends the session all the same. */
  readonly finishEndsAnyway: boolean;
  /** Location and suspend data come back only after exit "suspend", which is all the standard promises. */
  readonly keepsOnlySuspended: boolean;
  /** When the server cannot be reached, hand the data to a beacon and say it is stored. */
  readonly trustsBeacon: boolean;
}

export type ProfileName = "mandatory" | "realistic" | "full";

export const PROFILES: Readonly<Record<ProfileName, Profile>> = {
  mandatory: {
    supports: (element) => element.mandatory,
    sendsChangesOnly: false,
    secondInitialiseWipes: false,
    protectsReview: false,
    finishEndsAnyway: false,
    keepsOnlySuspended: true,
    trustsBeacon: false,
  },
  realistic: {
    supports: () => true,
    sendsChangesOnly: true,
    secondInitialiseWipes: true,
    protectsReview: false,
    finishEndsAnyway: true,
    keepsOnlySuspended: false,
    trustsBeacon: true,
  },
  full: {
    supports: () => true,
    sendsChangesOnly: false,
    secondInitialiseWipes: false,
    protectsReview: true,
    finishEndsAnyway: false,
    keepsOnlySuspended: false,
    trustsBeacon: false,
  },
};
