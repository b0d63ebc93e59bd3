"""The command line `chamra`: one function a command, one exit status an error."""

from __future__ import annotations

import errno
import logging
import os
import signal
import sys
from pathlib import Path
from typing import Annotated

import typer
from typer import TyperException

from cli import (
    audit,
    backup,
    correct,
    decide,
    demo,
    dictionaries,
    digitise,
    dismiss,
    doctor,
    evaluate,
    export,
    init,
    learn,
    ledger,
    places,
    publish,
    report,
    require,
    retry,
    return_page,
    review,
    revoke,
    rules,
    sample,
    sheet,
    sign,
    status,
    tables,
    text,
    tidy,
    trace,
    up,
    upgrade,
    user,
    verify,
)
from cli.safe_output import safe_streams
from cli.settings_file import read_settings_files
from ledger.disk import write_for_few
from model.errors import ChamraError, Exit, Stopped
from model.log_lines import JsonLines, as_json, logging_to_standard_error
from model.program import NAME, program_version
from model.visible import in_a_row

app = typer.Typer(
    name="chamra",
    help="From scanned Thai documents to corrected, signed text that anyone can check against the scan.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _say_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"{NAME} {program_version()}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool,
        typer.Option(
            "--version", help="Say which version this is, and end.", callback=_say_version, is_eager=True
        ),
    ] = False,
) -> None:
    """From scanned Thai documents to corrected, signed text that anyone can check against the scan."""


for command in (
    init,
    digitise,
    retry,
    dismiss,
    text,
    status,
    report,
    correct,
    evaluate,
    sheet,
    decide,
    sign,
    publish,
    export,
    verify,
    revoke,
    return_page,
    review,
    user,
    require,
    audit,
    trace,
    sample,
    dictionaries,
    places,
    tables,
    rules,
    demo,
    learn,
    ledger,
    backup,
    tidy,
    up,
    upgrade,
    doctor,
):
    command.register(app)


def main() -> None:
    """Run the command line and end the process with the documented exit status."""
    # Whoever ends a service, or shuts a machine down, sends this; it is meant as Ctrl-C is.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    write_for_few()
    with safe_streams(), logging_to_standard_error() as handler:
        sys.exit(int(_run(handler)))


def _run(handler: logging.Handler) -> int:
    try:
        read_settings_files()
        if as_json():
            handler.setFormatter(JsonLines())
        status = int(app(prog_name="chamra", standalone_mode=False) or 0)
        sys.stdout.flush()
    except TyperException as error:
        # What Typer raises can show itself with the command's usage; its public base class does not say so.
        getattr(error, "show", error.format_message)()
        status = Exit.USAGE
        for name in sys.argv[1:]:
            if name.startswith("-") and Path(name).exists():
                _say(status, f"{name} is the name of a file that looks like an option: write ./{name}")
    except (KeyboardInterrupt, typer.Abort, Stopped):
        status = Exit.INTERRUPTED
    except BrokenPipeError:
        status = _reader_went_away()
    except SystemExit:
        # In this mode Typer raises it for one thing only: the reader of our output went away (`| head`).
        status = _reader_went_away()
    except ChamraError as error:
        status = _say(error.exit_status, str(error))
    except OSError as error:
        status = _say(*_explain_os_error(error))
    if status == Exit.INTERRUPTED:
        _say(Exit.INTERRUPTED, "interrupted; what was finished is kept, run the same command again.")
    return status


def _reader_went_away() -> Exit:
    """Nothing is wrong, and nothing more can be said: what is still to be flushed goes nowhere."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return Exit.DONE


def _say(status: Exit, message: str) -> Exit:
    logging.getLogger("chamra").error("%s", in_a_row(message))  # the one place that speaks of errors
    return status


def _explain_os_error(error: OSError) -> tuple[Exit, str]:
    where = error.filename or "a file"
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return (
            Exit.NO_SPACE_OR_PERMISSION,
            f"no space left for {where}. Free some and run the same command again.",
        )
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return (
            Exit.NO_SPACE_OR_PERMISSION,
            f"no permission to use {where}. Ask for it or choose another place.",
        )
    return Exit.BAD_INPUT, f"{where}: {error.strerror or error}."


if __name__ == "__main__":
    main()
