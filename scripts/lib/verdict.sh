# shellcheck shell=bash
#
# verdict.sh - owns what a run amounts to: COMMAND's own status only if the
# kernel lived, said nothing on the deny list and powered off by itself.

# first_splat FILE: line number of the first thing that must not be there.
first_splat() {
	grep -v -e '^#' -e '^$' "$SCRIPTS/lib/splats.deny" |
		grep -m1 -a -n -E -f - "$1" | cut -d: -f1
}

# failed REASON: show what the console says about it and exit 4.
failed() {
	local line
	line=$(first_splat "$CONSOLE" || true)
	say "$LAB: $1"
	if [ -n "$line" ]; then
		say "the console, from line $line:"
		# No pipe: where head ends before tail does, the status is tail's.
		sed -n "$line,$((line + 39))p; $((line + 39))q" "$CONSOLE" >&2
	else
		say "the end of the console:"
		tail -n 20 "$CONSOLE" >&2
	fi
	if [ "$REACHED" = boot ] && [ -s "$RUN/boot.log" ]; then
		head -n 20 "$RUN/boot.log" >&2
	elif [ -s "$RUN/boot.log" ]; then
		# What the simulated machine itself has to say.
		sed -n '/^sim: /p' "$RUN/boot.log" >&2
	fi
	keep_console
	exit "$EX_DIED"
}

# keep_console: the default console lives in a folder that is about to go.
keep_console() {
	case $CONSOLE in
	"$RUN"/*) cp "$CONSOLE" "$OUT/console.log" ;;
	*) say "console: $CONSOLE" ;;
	esac
}

verdict() {
	local phase
	case $REACHED in
	boot) phase='before the guest was up' ;;
	up) phase='before COMMAND started' ;;
	run) phase='while COMMAND ran' ;;
	exit) phase="after COMMAND had returned $RESULT" ;;
	esac
	case $ENDED in
	closed) exit 141 ;;
	died) failed "the kernel died $phase" ;;
	timeout)
		[ "$REACHED" != exit ] || failed "the guest did not power off $phase"
		failed "out of time $phase (--timeout $TIMEOUT, $BOOT_TIMEOUT to boot)"
		;;
	lost)
		[ -z "$(first_splat "$CONSOLE")" ] && [ "$REACHED" = up ] || failed "$REASON"
		say "the end of the console:"
		tail -n 8 "$CONSOLE" >&2
		keep_console
		cannot "$LAB: $REASON"
		;;
	esac
	[ -z "$(first_splat "$CONSOLE")" ] ||
		failed "COMMAND returned $RESULT, but the kernel complained"
	return "$RESULT"
}
