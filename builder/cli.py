"""The command ``waterlijn``. Everything heavy is imported only by the command that needs it."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from builder.diagnostics import BuilderError, Diagnostic, Severity
from builder.messages import say

if TYPE_CHECKING:
    from builder.model.course import Course, Lesson, Variant
    from builder.model.scenario import Scenario
    from builder.pipeline import Examined
    from builder.render.site import Site

FINE, AUTHOR, ENVIRONMENT = 0, 1, 2
"""Exit codes: all well, mistakes by an author, something in the way."""

LANGUAGE = "nl"

FORMATS = ("scorm12", "scorm2004", "scorm2004-3rd", "cmi5", "web")

_dir = click.argument("folder", metavar="[DIR]", default=".", type=click.Path(path_type=Path))
_strict = click.option("--strict", is_flag=True, help="Waarschuwingen tellen als fouten.")


def _formats(context: click.Context, _: click.Parameter, given: tuple[str, ...]) -> tuple[str, ...]:
    """The formats named, with commas between them or one at a time; all of them where none is."""
    names = [name.strip() for each in given for name in each.split(",")]
    for name in names:
        if name not in FORMATS:
            raise click.UsageError(
                say(LANGUAGE, "cli", "format-unknown", name=name, known=", ".join(FORMATS)), context
            )
    return tuple(dict.fromkeys(names)) or FORMATS


class _Formatter(click.HelpFormatter):
    """Help with Dutch headings."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, args, prefix or "Gebruik: ")

    def write_heading(self, heading: str) -> None:
        super().write_heading({"Options": "Opties", "Commands": "Opdrachten"}.get(heading, heading))


class _Context(click.Context):
    formatter_class = _Formatter


class _Command(click.Command):
    context_class = _Context

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option = super().get_help_option(ctx)
        if option:
            option.help = "Toon deze uitleg."
        return option


class _Group(_Command, click.Group):
    command_class = _Command


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(
    package_name="onder-de-waterlijn", message="waterlijn %(version)s", help="Toon de versie."
)
def cli() -> None:
    """Van Markdown naar een lespakket dat in elk LMS speelt."""


@cli.command("check", short_help="Toon alles wat niet klopt, met regel en remedie.")
@_dir
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "github"]),
    default="text",
    show_default=True,
    help="Hoe de meldingen worden getoond.",
)
@click.option("--scenario", metavar="S", help="Alleen dit scenario, met zijn titel of zijn vaste naam.")
@click.option("--report", "reporting", is_flag=True,
              help="Laat vijf bots het scenario spelen en toon een verslag.")  # fmt: skip
@click.option("--out", metavar="BESTAND", type=click.Path(path_type=Path, dir_okay=False),
              help="Zet het verslag als HTML in dit bestand.")  # fmt: skip
@_strict
def check_command(
    folder: Path, form: str, scenario: str | None, reporting: bool, out: Path | None, strict: bool
) -> int:
    """Lees de cursus in DIR (daarin staan course/ en content/) en toon alles wat niet klopt.

    Uitkomst: 0 als alles klopt, 1 bij fouten van de auteur, 2 als er iets in de weg staat.
    """
    from builder import report
    from builder.pipeline import examine
    from builder.source.read import course_of

    if reporting and (scenario is None or form != "text"):
        raise BuilderError("report-of")
    if out and not reporting:
        raise BuilderError("report-out")
    found = examine(course_of(folder))
    said = found.diagnostics
    if scenario is not None:
        from builder.check.survey import about, named

        lesson, one = named(found.course, scenario)
        if reporting and not _stops(said, strict=False):
            return _report(found, lesson, one, out, strict)
        said = said if reporting else about(lesson, one, said)
    match form:
        case "json":
            click.echo(report.as_json(said, LANGUAGE))
        case "github":
            click.echo(report.as_github(said, LANGUAGE), nl=bool(said))
        case _:
            _show(replace(found, diagnostics=said))
    return AUTHOR if _stops(said, strict) else FINE


@cli.command("build", short_help="Maak pakketten voor het LMS.")
@_dir
@click.option("--variant", "variants", multiple=True, metavar="V",
              help="Alleen deze gemeente (mag vaker; zonder: allemaal).")  # fmt: skip
@click.option("--format", "formats", multiple=True, callback=_formats, metavar="F[,F…]",
              help=f"Alleen deze standaarden: {', '.join(FORMATS)} (zonder: allemaal).")  # fmt: skip
@click.option("--sco", type=click.Choice(["course", "lesson"]),
              help="Wat het LMS bijhoudt: de hele cursus of elke les apart (zonder: zie course.toml).")  # fmt: skip
@click.option("--out", type=click.Path(path_type=Path), help="Waar de pakketten komen (zonder: DIR/exports).")
@_strict
def build_command(
    folder: Path,
    variants: tuple[str, ...],
    formats: tuple[str, ...],
    sco: str | None,
    out: Path | None,
    strict: bool,
) -> int:
    """Maak van de cursus in DIR pakketten voor het LMS.

    Bij fouten wordt niets geschreven.
    """
    from builder import pipeline
    from builder.package.zip import write, write_folder, write_zip
    from builder.source.read import course_of
    from builder.summary import facts, table, told_apart

    folder = course_of(folder)
    _tell("reading")
    found = pipeline.examine(folder)
    if found.diagnostics:
        _show(found, err=True)
    if _stops(found.diagnostics, strict):
        return AUTHOR
    course = found.course
    if sco:
        course = replace(course, settings=replace(course.settings, sco=sco))
    chosen = [pipeline.variant_of(course, key) for key in variants] or list(course.variants)
    if not chosen:
        raise BuilderError("no-variant", name="–", known="–")
    if strict and any(_missing(found, variant) for variant in chosen):
        return AUTHOR
    rows = []
    for variant in chosen:
        if not strict:
            _missing(found, variant)
        exports = (out or folder / "exports") / variant.key
        for name in formats:
            _tell("building", variant=variant.name, format=name)
            standard = pipeline.FORMATS[name]
            site = pipeline.build(course, variant, standard)
            path = exports / pipeline.package_name(course, name)
            size = write_zip(site, path)
            played = [each.course for each in pipeline.scos(course, standard)]
            rows.append(facts(played, path, size, standard.limit))
            if standard.unpacked:
                opened = exports / name
                rows.append(facts(played, opened, write_folder(site, opened), standard.limit))
        there = {name for name in FORMATS if (exports / pipeline.package_name(course, name)).is_file()}
        papers = pipeline.papers(
            course, variant, there
        )  # also of an earlier build: the manual is about all of them
        if set(formats) == set(FORMATS):  # the PDF is about all of them
            papers = {**papers, **_handouts(course, variant)}
        for at, page in papers.items():
            write(page, exports / at)
    click.echo("\n".join([table(rows, LANGUAGE), *told_apart(course, formats, LANGUAGE)]))
    return FINE


@cli.command("inspect", short_help="Bekijk of een pakket in een LMS zal werken.")
@click.argument("package", metavar="ZIP|DIR", type=click.Path(path_type=Path))
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "html"]),
    help="Hoe het verslag eruitziet (zonder: zoals de naam van BESTAND eindigt, anders text).",
)
@click.option("--out", metavar="BESTAND", type=click.Path(path_type=Path, dir_okay=False),
              help="Zet het verslag in dit bestand.")  # fmt: skip
@_strict
def inspect_command(package: Path, form: str | None, out: Path | None, strict: bool) -> int:
    """Bekijk een pakket (SCORM 1.2, SCORM 2004 of cmi5), van ons of van een ander, als zip of als map.

    Er wordt niets uitgepakt of uitgevoerd. Uitkomst: 0 als er geen fouten zijn, 1 bij fouten, 2 als er
    iets in de weg staat.
    """
    from builder.inspect import report
    from builder.inspect.archive import read_package
    from builder.inspect.package import inspected

    found = inspected(read_package(package))
    form = form or (
        {".html": "html", ".htm": "html", ".json": "json"}.get(out.suffix.lower()) if out else None
    )
    if form == "html":
        said = report.as_html(found, LANGUAGE).decode()
    else:
        said = (report.as_json if form == "json" else report.as_text)(found, LANGUAGE) + "\n"
    if out is None:
        click.echo(said, nl=False)
    else:
        from builder.package.zip import write

        write(said.encode(), out)
        click.echo(report.summary(found, LANGUAGE))
        click.echo(report.verdict(found, LANGUAGE))
        click.echo(say(LANGUAGE, "inspect", "written", path=out))
    return AUTHOR if found.stops(strict) else FINE


@cli.command("play", short_help="Speel een pakket in een streng LMS, en zie wat het zegt.")
@click.argument("package", metavar="ZIP|DIR", type=click.Path(path_type=Path))
@click.option("--port", metavar="N", type=click.IntRange(0, 65535), default=0,
              help="De poort op deze computer (zonder: een die vrij is).")  # fmt: skip
@click.option("--no-browser", is_flag=True, help="Open geen browser; toon alleen het adres.")
def play_command(package: Path, port: int, no_browser: bool) -> int:
    """Speel een pakket (SCORM 1.2, SCORM 2004 of cmi5) in een streng LMS op deze computer.

    Op de pagina staat ernaast wat het pakket tegen het LMS zegt, of dat klopt, en wat het LMS bewaart. Storingen zijn
    na te bootsen. Ctrl+C stopt.
    """
    import signal
    import webbrowser
    from contextlib import suppress
    from time import sleep

    from builder.inspect.archive import read_package
    from builder.lms.launch import launchable
    from builder.lms.watch import address, watching

    archive = read_package(package)
    notes = [f"{each.where}: {each.said('what', LANGUAGE)}" for each in archive.findings]
    if not archive.files:
        raise BuilderError("no-zip", path=str(package), reason="\n".join(notes))
    found = launchable(archive)
    try:
        with watching(found, LANGUAGE, port=port, notes=notes) as server:
            where = address(server)
            click.echo(say(LANGUAGE, "watch", "serving", title=found.title, address=where))
            if not no_browser:
                webbrowser.open(where)
            for stopping in (
                signal.SIGINT,
                signal.SIGTERM,
            ):  # shells let what they start behind them ignore Ctrl+C
                signal.signal(stopping, signal.default_int_handler)
            with suppress(KeyboardInterrupt):
                while True:
                    sleep(3600)
    except OSError as error:
        raise BuilderError("no-port", port=str(port), reason=error.strerror or str(error)) from error
    click.echo(say(LANGUAGE, "watch", "stopped"))
    return FINE


@cli.command("release", short_help="Leg de sleutels van deze versie vast.")
@_dir
def release_command(folder: Path) -> int:
    """Leg de sleutels van deze versie vast, zodat niemand zijn plek verliest bij een update."""
    from builder import pipeline
    from builder.package.zip import write
    from builder.release import keys_file
    from builder.source.read import course_of

    folder = course_of(folder)
    found = pipeline.examine(folder)
    _show(found, err=True)
    if _stops(found.diagnostics, strict=False):
        return AUTHOR
    path = folder / "course" / "keys.toml"
    before = found.tree.files.get("course/keys.toml", b"")
    written, added = keys_file(found.course, before)
    write(written, path)
    click.echo(say(LANGUAGE, "cli", "released", count=added, version=found.course.settings.version))
    if (folder / "tests" / "saves").is_dir():
        click.echo(say(LANGUAGE, "cli", "released-next"))
    return FINE


def main() -> None:
    """Run the command; mistakes of the environment are told in one line, with exit code 2."""
    try:
        sys.exit(cli.main(standalone_mode=False))
    except click.exceptions.Abort:
        sys.exit(130)
    except click.ClickException as error:
        error.show()
        sys.exit(ENVIRONMENT)
    except BuilderError as error:
        click.echo(say(LANGUAGE, "environment", error.code, **error.values), err=True)
        sys.exit(ENVIRONMENT)


def _report(found: Examined, lesson: Lesson, scenario: Scenario, out: Path | None, strict: bool) -> int:
    """Tell everything there is to know of one scenario, or write it as a page."""
    from builder import report
    from builder.check.survey import survey
    from builder.package.zip import write
    from builder.render.survey import page
    from builder.survey import told

    _tell("playing")
    whole = survey(found.course, lesson, scenario, found.diagnostics)
    if out:
        messages = [
            (f"{each.span.path}:{each.span.line} [{each.code}]", *report.both(each, LANGUAGE))
            for each in whole.findings
        ]
        write(page(whole, messages, LANGUAGE), out)
        click.echo(say(LANGUAGE, "survey", "written", path=out))
    else:
        click.echo(told(whole, report.as_text(whole.findings, found.tree.files, LANGUAGE), LANGUAGE))
    return AUTHOR if _stops(whole.findings, strict) else FINE


def _handouts(course: Course, variant: Variant) -> Site:
    """What is made as a PDF; nothing, and why in a line, on a machine that makes none."""
    from builder import pipeline

    try:
        return pipeline.handouts(course, variant)
    except BuilderError as error:
        if error.code != "no-pdf":
            raise
        click.echo(say(LANGUAGE, "environment", error.code, **error.values), err=True)
        return {}


def _missing(found: Examined, variant: Variant) -> bool:
    """Tell which of a municipality's own facts are still to be filled in."""
    from builder import report
    from builder.vary import vary

    said = {each.span for each in found.diagnostics}
    missing = tuple(each for each in vary(found.course, variant).diagnostics if each.span not in said)
    if missing:
        click.echo(report.as_text(missing, found.tree.files, LANGUAGE) + "\n", err=True)
    return bool(missing)


def _show(found: Examined, err: bool = False) -> None:
    from builder import report

    if found.diagnostics:
        click.echo(report.as_text(found.diagnostics, found.tree.files, LANGUAGE) + "\n", err=err)
    errors = sum(each.severity is Severity.ERROR for each in found.diagnostics)
    warnings = len(found.diagnostics) - errors
    if errors or warnings or not err:
        counts = {"lessons": len(found.course.lessons), "errors": errors, "warnings": warnings}
        parts = {key: say(LANGUAGE, "cli", key, count=count) for key, count in counts.items()}
        click.echo(say(LANGUAGE, "cli", "checked", **parts), err=err)


def _stops(diagnostics: tuple[Diagnostic, ...], strict: bool) -> bool:
    return any(strict or each.severity is Severity.ERROR for each in diagnostics)


def _tell(key: str, **values: str) -> None:
    """Progress, on standard error so that output stays clean."""
    click.echo(say(LANGUAGE, "cli", key, **values), err=True)
