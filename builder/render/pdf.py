"""A page outside any package as a PDF for everyone (PDF/UA-1): the only place that uses WeasyPrint.

WeasyPrint needs libraries of the system that not every machine has; without them a build makes everything else.
"""

from __future__ import annotations

from builder.diagnostics import BuilderError
from builder.shipped import style, vendored

_FONTS = "fonts/"
_OWN = "own:"


def pdf(page: bytes) -> bytes:
    """``page`` (HTML that needs nothing else) as a PDF, in the fonts of the player; the same page gives the same bytes.

    Raises ``BuilderError("no-pdf")`` where WeasyPrint or its libraries are missing.
    """
    try:
        from weasyprint import CSS, HTML  # type: ignore[import-untyped]
        from weasyprint.text.fonts import FontConfiguration  # type: ignore[import-untyped]
        from weasyprint.urls import (  # type: ignore[import-untyped]
            FatalURLFetchingError,
            URLFetcher,
            URLFetcherResponse,
        )
    except (ImportError, OSError) as error:  # a library that is missing shows as either
        reason = str(error).partition("\n")[0]
        raise BuilderError("no-pdf", reason=reason) from error

    class OwnFonts(URLFetcher):  # type: ignore[misc]
        """Gives the player's fonts, and nothing else from anywhere."""

        def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:  # noqa: ARG002 - as it is called
            if url.startswith(_OWN):
                font = vendored(_FONTS + url.removeprefix(_OWN))
                return URLFetcherResponse(url, font, {"Content-Type": "font/woff2"})
            raise FatalURLFetchingError(f"nothing is fetched: {url}")

    fetcher, fonts = OwnFonts(), FontConfiguration()
    faces = style("fonts").replace(f'url("{_FONTS}', f'url("{_OWN}')
    sheet = CSS(string=faces, url_fetcher=fetcher, font_config=fonts)
    html = HTML(string=page.decode(), url_fetcher=fetcher)
    made: bytes = html.write_pdf(stylesheets=[sheet], font_config=fonts, pdf_variant="pdf/ua-1")
    return made
