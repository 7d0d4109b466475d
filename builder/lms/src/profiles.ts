// How LMSs differ where the standard leaves room, or where a widely used LMS departs from it.
import type { Element, Standard } from "./standard.js";

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
  /** A session's state comes back only after exit "suspend", which is all the standard promises. */
  readonly keepsOnlySuspended: boolean;
  /** When the server cannot be reached, hand the data to a beacon and say it is stored. */
  readonly trustsBeacon: boolean;
  /** The LMS's own failures have no number but that of the general exception. */
  readonly failsGenerally: boolean;
  /** SCORM 2004: success follows from a scaled score and a passing score. */
  readonly derivesSuccess: boolean;
  /** SCORM 2004: a request to exit ends in an error, after everything was stored. */
  readonly failsOnExitRequests: boolean;
}

export type ProfileName = "mandatory" | "realistic" | "full";

const PROFILES: Readonly<Record<ProfileName, Profile>> = {
  mandatory: {
    supports: (element) => element.mandatory,
    sendsChangesOnly: false,
    secondInitialiseWipes: false,
    protectsReview: false,
    finishEndsAnyway: false,
    keepsOnlySuspended: true,
    trustsBeacon: false,
    failsGenerally: false,
    derivesSuccess: true,
    failsOnExitRequests: false,
  },
  realistic: {
    supports: () => true,
    sendsChangesOnly: true,
    secondInitialiseWipes: true,
    protectsReview: false,
    finishEndsAnyway: true,
    keepsOnlySuspended: false,
    trustsBeacon: true,
    failsGenerally: true,
    derivesSuccess: false,
    failsOnExitRequests: true,
  },
  full: {
    supports: () => true,
    sendsChangesOnly: false,
    secondInitialiseWipes: false,
    protectsReview: true,
    finishEndsAnyway: false,
    keepsOnlySuspended: false,
    trustsBeacon: false,
    failsGenerally: false,
    derivesSuccess: true,
    failsOnExitRequests: false,
  },
};

/** Where an LMS behaves otherwise in SCORM 2004. */
const IN_2004: Readonly<Partial<Record<ProfileName, Partial<Profile>>>> = {
  realistic: { sendsChangesOnly: false, secondInitialiseWipes: false, keepsOnlySuspended: true },
};

/** How an LMS of this name behaves in this version of SCORM. */
export function profileOf(name: ProfileName, standard: Standard): Profile {
  return { ...PROFILES[name], ...(standard.family === "2004" ? IN_2004[name] : {}) };
}
