# shellcheck shell=bash
#
# run.sh - owns one run in a guest: its private folder, the three channels
# back to the caller, the watch over time limits, and the verdict.
#
#	$RUN/			temporary, seen by the guest through its root
#		env setup command	what to run (see guest-init.sh)
#		guest-init.sh ko/	what to run it with
#		initrd boot.log console.log
#
# A lab adds LAB_start, which starts the guest in the background with its
# channels stdout, stderr, status and console going to the file descriptors
# ${WRITE[stdout]} and so on, and sets GUEST to its process id. The guest
# leads a session of its own and dies with this script.

GUEST=
RUN=

# How the guest sees RUN and OUT; a lab may have it see them by names of its own.
RUN_SEEN='' OUT_SEEN=

run_setup() {
	RUN=$(mktemp -d "${TMPDIR:-/tmp}/tokbench-lab.XXXXXX")
	trap run_cleanup EXIT
	trap 'exit 130' INT
	trap 'exit 143' TERM
	trap 'exit 129' HUP
	if [ -z "$OUT" ]; then
		OUT=$(mktemp -d "${TMPDIR:-/tmp}/tokbench-out.XXXXXX")
		OUT_IS_OURS=yes
		: "${CONSOLE:=$RUN/console.log}"
	else
		# Before it is made, and where it really is.
		OUT=$(realpath -m "$OUT")
		case $OUT in *[[:space:],]*) die "$EX_USAGE" "--out may not contain blanks or commas: $OUT" ;; esac
		mkdir -p "$OUT" || die "$EX_USAGE" "cannot create $OUT"
		: "${CONSOLE:=$OUT/console.log}"
	fi
	: >"$CONSOLE" || die "$EX_USAGE" "cannot write $CONSOLE"
	CONSOLE=$(realpath "$CONSOLE")
}

run_cleanup() {
	local status=$?
	trap - EXIT INT TERM HUP
	guest_kill
	if [ "${OUT_IS_OURS:-}" = yes ] && ! rmdir "$OUT" 2>/dev/null; then
		say "output: $OUT"
	fi
	rm -rf "$RUN"
	exit "$status"
}

# run_files SHARE: everything the guest reads.
run_files() {
	local share=$1
	run_environment >"$RUN/env"
	printf '%s=%q\n' CWD "$PWD" OUT "${OUT_SEEN:-$OUT}" OUT_ON_HOST "${OUT_SEEN:+/proc/self/cwd/out}" SHARE "$share" LOAD "$LOAD" >"$RUN/setup"
	printf '%s\0' "${COMMAND[@]}" >"$RUN/command"
	cp "$SCRIPTS/lib/guest-init.sh" "$RUN/"
	mkdir -p "$RUN/ko"
	[ "$LOAD" != yes ] || cp "$MODULE_KO"/*.ko "$RUN/ko/"
	[ -z "$EXTRA_KO" ] || cp "$EXTRA_KO"/*.ko "$RUN/ko/"
	make_initrd "$RUN/initrd"
}

make_initrd() {
	local tree
	need lab busybox cpio gzip
	tree=$(mktemp -d "${TMPDIR:-/tmp}/tokbench-lab.XXXXXX")
	mkdir -p "$tree"/{bin,boot,proc,sys,dev,host,rw,new}
	cp "$(command -v busybox)" "$tree/bin/busybox"
	cp "$SCRIPTS/lib/guest-boot.sh" "$tree/init"
	chmod 755 "$tree/init"
	[ ! -d "$KERNEL_DIR/boot" ] || cp "$KERNEL_DIR"/boot/*.ko "$tree/boot/"
	# The same files make the same archive.
	(cd "$tree" && find . -exec touch -h -d @0 {} + && find . | LC_ALL=C sort |
		cpio --quiet --reproducible -o -H newc -R 0:0 | gzip -1n) >"$1" || cannot "cannot write $1"
	rm -rf "$tree"
}

# run_environment: what COMMAND finds in its environment.
run_environment() {
	local name
	PATH=$REPO/userctl:$PATH:/usr/local/sbin:/usr/sbin:/sbin
	TOKBENCH_LAB=$LAB
	TOKBENCH_OUT=${OUT_SEEN:-$OUT}
	[ "$LAB" = host ] && TOKBENCH_KO_DIR=$MODULE_KO || TOKBENCH_KO_DIR=${RUN_SEEN:-$RUN}/ko
	if [ -t 2 ]; then
		TOKBENCH_TTY=1
		: "${COLUMNS:=$(stty size <&2 | cut -d' ' -f2)}"
	fi
	for name in PATH HOME USER LAB TERM COLUMNS NO_COLOR LANG LC_ALL ${!TOKBENCH_@}; do
		[ -z "${!name+set}" ] || printf '%s=%q\n' "$name" "${!name}"
	done
}

# run_guest SHARE: returns COMMAND's status, or does not return.
run_guest() {
	local share=$1 attempt
	run_files "$share"
	for attempt in 1 2; do
		guest_once
		[ "$ENDED $REACHED $RETRY $attempt" = "died boot yes 1" ] || break
		say "the guest died before COMMAND started; that is the machinery's fault: once more"
	done
	verdict
}

# guest_once: start it, relay, watch; sets ENDED (exit died lost timeout closed),
# REACHED (boot up run exit), RESULT.
guest_once() {
	local name relays=()
	declare -A READ=() WRITE=()
	: >"$CONSOLE"
	for name in stdout stderr console status; do
		open_channel "$name"
	done
	relay stdout >&1 &
	relays+=($!)
	relay stderr >&2 &
	relays+=($!)
	relay console >>"$CONSOLE" &
	relays+=($!)
	close_channels READ stdout stderr console
	"${LAB}_start"
	close_channels WRITE stdout stderr console status
	guest_watch "${READ[status]}"
	guest_kill
	wait "${relays[@]}" || true
	close_channels READ status
}

# open_channel NAME: a pipe by name. Only the guest is to keep the writing
# end, so that its death ends the relay; only the relay is to keep the reading
# end, so that a caller who stops listening ends the guest's writes. Status is
# read here, and must block instead of ending: this end is open both ways.
open_channel() {
	local both reader writer
	mkfifo "$RUN/$1"
	exec {both}<>"$RUN/$1"
	exec {writer}>"$RUN/$1"
	if [ "$1" = status ]; then
		reader=$both
	else
		exec {reader}<"$RUN/$1"
		exec {both}>&-
	fi
	READ[$1]=$reader
	WRITE[$1]=$writer
	rm -f "$RUN/$1"
}

# relay NAME: to stdout. When that closes ("lab ... | head"), it ends the run,
# as SIGPIPE does in a pipeline.
relay() {
	local from=${READ[$1]}
	close_channels WRITE stdout stderr console status
	cat <&"$from" || : >"$RUN/closed"
}

# close_channels READ|WRITE NAME...
close_channels() {
	local -n ends=$1
	local name fd
	shift
	for name in "$@"; do
		fd=${ends[$name]}
		exec {fd}>&-
	done
}

guest_watch() {
	local fd=$1 line='' part word rest limit=$((SECONDS + TIMEOUT)) boot=$((SECONDS + BOOT_TIMEOUT)) alive=yes
	ENDED='' REACHED=boot RESULT='' REASON=''
	while [ -z "$ENDED" ]; do
		# The status of a guest that is gone may still be in the pipe.
		kill -0 "$GUEST" 2>/dev/null || alive=no
		# A read that times out has still taken what there was.
		if IFS= read -r -t 0.2 -u "$fd" part; then
			read -r word rest <<<"$line$part"
			line=
			case $word in
			up | run) REACHED=$word ;;
			exit) REACHED=exit RESULT=$rest limit=$((SECONDS + 20)) ;;
			lost) ENDED=lost REASON=$rest ;;
			esac
		elif [ -n "$part" ]; then
			line+=$part
		elif [ "$alive" = no ]; then
			[ "$REACHED" = exit ] && ENDED='exit' || ENDED=died
		elif [ "$SECONDS" -ge "$limit" ] ||
			{ [ "$REACHED" = boot ] && [ "$SECONDS" -ge "$boot" ]; }; then
			ENDED=timeout
		fi
		[ ! -e "$RUN/closed" ] || ENDED=closed
	done
}

# guest_kill: nothing of the guest survives.
guest_kill() {
	[ -n "$GUEST" ] || return 0
	kill -KILL -- "-$GUEST" 2>/dev/null || kill -KILL "$GUEST" 2>/dev/null || true
	wait "$GUEST" 2>/dev/null || true
	GUEST=
}
