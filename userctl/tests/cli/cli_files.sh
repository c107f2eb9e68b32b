#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# The files that results are written to: devices, FIFOs, links, modes, full
# disks, signals. Output: TAP.
#
#   tests/cli/cli_files.sh TOKCTL FAKEMOD
#
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/../lib.sh"
real_disk

# No test names a device itself: a tokctl that replaces it would break the machine.
devices=$work/devices
mkdir "$devices" "$work/tmp" "$work/bin"
ln -s /dev/null "$devices/null"
ln -s /dev/full "$devices/full"
ln -s /proc/self/fd/1 "$devices/stdout"
ln -s /proc/self/fd/2 "$devices/stderr"
environment+=(TMPDIR="$work/tmp")

cat >"$work/bin/gnuplot" <<-'END'
	#!/bin/sh
	echo '<svg viewBox="0 0 6 4"><g></g></svg>'
END
chmod +x "$work/bin/gnuplot"
environment+=(PATH="$work/bin:$PATH")

save=(run -l mutex "${quick[@]}" -q -f json)
tok "${save[@]}" -n 2 -o "$work/saved.json"
is_rc 0

# a_result FILE RUNS
a_result() {
	is "runs in $1" "$(jq '.runs | length' "$1")" "$2"
}

no_rest() { # FOLDER
	is "temporary files" "$(find "$1" -name '.tokctl*')" ""
}

# rescued RUNS: in one file of TMPDIR, which stderr names; removes it.
rescued() {
	local files=("$work"/tmp/tokctl-*)

	is "files in TMPDIR" "${#files[@]}" 1
	has "$err" "the result is in ${files[0]} instead"
	a_result "${files[0]}" "$1"
	is "mode" "$(stat -c %a "${files[0]}")" 600
	rm -f "${files[@]}"
}

# --- what is no regular file

for command in "${save[*]}" "report $work/saved.json"; do
	# shellcheck disable=SC2086 # several words
	tok $command -o "$devices/null"
	is_rc 0
	[ -L "$devices/null" ] && [ -c "$devices/null" ] || problem "the device is replaced: $(ls -l "$devices")"
done
mkfifo "$work/fifo"
for command in "${save[*]}" "report $work/saved.json"; do
	timeout 10 cat "$work/fifo" >"$work/got" &
	# shellcheck disable=SC2086 # several words
	tok $command -o "$work/fifo"
	is_rc 0
	wait "$!"
	[ -p "$work/fifo" ] || problem "the FIFO is replaced: $(ls -l "$work/fifo")"
	[ "${command%% *}" = report ] || a_result "$work/got" 1
done
has "$work/got" "</html>"
result "a device and a FIFO are written in place"

# The run lasts until the first round is through; what is saved then cannot be taken back.
timeout 10 cat "$work/fifo" >"$work/got" &
reader=$!
tok run -l mutex --hold 2us --think 0 --warmup 0 --duration 600ms -n 3 -q -f json -o "$work/fifo"
is_rc 0
wait "$reader"
a_result "$work/got" 3
result "a FIFO gets one result, at the end"

for name in "$work" "$work/nosuch/" "$work/nosuch/file" ""; do
	tok "${save[@]}" -o "$name"
	is_rc 2
	has "$err" "-o: '$name' "
done
block=$(find /dev -type b 2>/dev/null | head -n 1)
if [ -z "$block" ] && mknod "$work/block" b 7 0 2>/dev/null; then
	block=$work/block
fi
if [ -n "$block" ]; then
	ln -s "$block" "$devices/block"
	tok "${save[@]}" -o "$devices/block"
	is_rc 2
	has "$err" "is a block device; allowed: a regular file, a FIFO, a character device, or -"
	[ -L "$devices/block" ] || problem "the link is replaced"
fi
ln -s loop2 "$work/loop1"
ln -s loop1 "$work/loop2"
tok "${save[@]}" -o "$work/loop1"
is_rc 2
has "$err" "loop1' cannot be written: Too many levels of symbolic links"
result "a folder, a block device, a loop of links: refused before the first run"

# --- links

mkdir "$work/far"
echo old >"$work/far/target"
ln -s far/target "$work/link2"
ln -s link2 "$work/link1"
ln -s far/new "$work/dangling2"
ln -s "$work/dangling2" "$work/dangling1"
for name in target new; do
	link=link1
	[ "$name" = target ] || link=dangling1
	tok "${save[@]}" -o "$work/$link"
	is_rc 0
	a_result "$work/far/$name" 1
	[ -L "$work/$link" ] || problem "$link is no link any more"
done
[ -L "$work/link2" ] && [ -L "$work/dangling2" ] || problem "a link is replaced"
no_rest "$work"
tok report "$work/saved.json" -o "$work/link1"
is_rc 0
has "$work/far/target" "</html>"
cp "$work/saved.json" "$work/far/target"
tok "${save[@]}" -n 2 --resume "$work/link1"
is_rc 0
[ -L "$work/link1" ] || problem "--resume replaced the link"
a_result "$work/far/target" 2
result "symbolic links stay, and the file behind them is written, whether it is there or not"

echo old >"$work/name1"
ln "$work/name1" "$work/name2"
tok "${save[@]}" -o "$work/name1"
is_rc 0
cmp -s "$work/name1" "$work/name2" || problem "the other name has the old content"
a_result "$work/name2" 1
result "a file with two names keeps both"

for mode in 600 640 666; do
	echo old >"$work/mode"
	chmod "$mode" "$work/mode"
	tok "${save[@]}" -o "$work/mode"
	is_rc 0
	is "mode" "$(stat -c %a "$work/mode")" "$mode"
	tok report "$work/saved.json" -o "$work/mode"
	is "mode" "$(stat -c %a "$work/mode")" "$mode"
done
tok "${save[@]}" -o "$work/fresh.json"
is "mode" "$(stat -c %a "$work/fresh.json")" "$(printf %o $((0666 & ~$(umask))))"
result "the mode of a file stays"

if [ "$(id -u)" -eq 0 ]; then
	chown 1234:1235 "$work/mode"
	chmod 640 "$work/mode"
	tok "${save[@]}" -o "$work/mode"
	is_rc 0
	is "owner" "$(stat -c %u:%g:%a "$work/mode")" 1234:1235:640
	result "the owner of a file stays"
else
	skip "the owner of a file stays" "root only"
fi

# A user namespace that maps root only: fchown(2) says EINVAL of any other owner.
if [ "$(id -u)" -eq 0 ] && unshare -Ur true 2>/dev/null; then
	echo old >"$work/unmapped"
	chown 1234:1235 "$work/unmapped"
	chmod 666 "$work/unmapped"
	inode=$(stat -c %i "$work/unmapped")
	rc=0
	unshare -Ur env "${environment[@]}" "$tokctl" "${save[@]}" -o "$work/unmapped" >"$out" 2>"$err" </dev/null || rc=$?
	is_rc 0
	a_result "$work/unmapped" 1
	is "owner and inode" "$(stat -c %u:%g:%a:%i "$work/unmapped")" "1234:1235:666:$inode"
	no_rest "$work"
	result "a file of an owner that the user namespace does not know is written in place"
else
	skip "a file of an owner that the user namespace does not know is written in place" "root and unshare -Ur only"
fi

# another_user COMMAND...: root may write everywhere.
cp "$tokctl" "$fakemod" "$work/bin"
another_user() {
	local user=()

	[ "$(id -u)" -ne 0 ] || user=(setpriv --reuid=65534 --regid=65534 --clear-groups)
	rc=0
	"${user[@]}" env "${environment[@]}" LD_PRELOAD="$work/bin/$(basename "$fakemod")" \
		"$work/bin/$(basename "$tokctl")" "$@" >"$out" 2>"$err" </dev/null || rc=$?
}
chmod 755 "$work" "$work/bin"
mkdir -m 755 "$work/closed"
echo old >"$work/closed/page"
chmod 666 "$work/closed/page"
echo old >"$work/closed/readonly"
chmod 444 "$work/closed/readonly" "$work/saved.json"
[ "$(id -u)" -eq 0 ] || chmod 555 "$work/closed"
inode=$(stat -c %i "$work/closed/page")
another_user report "$work/saved.json" -o "$work/closed/page"
is_rc 0
has "$work/closed/page" "</html>"
is "inode" "$(stat -c %i "$work/closed/page")" "$inode"
for name in readonly new; do
	another_user report "$work/saved.json" -o "$work/closed/$name"
	is_rc 2
	has "$err" "$name' cannot be written: Permission denied"
done
is "what may not be written" "$(cat "$work/closed/readonly")" old
chmod 755 "$work/closed"
chmod 644 "$work/saved.json"
result "in a folder that is closed: in place what may be written, refused what may not"

# --- the result itself

ln -s saved.json "$work/alias"
ln "$work/saved.json" "$work/second"
sum=$(cksum <"$work/saved.json")
for name in saved.json alias second far/../saved.json; do
	tok report "$work/saved.json" -o "$work/$name"
	is_rc 2
	has "$err" "-o: '$work/$name' is the result itself"
	tok "${save[@]}" -n 2 --resume "$work/saved.json" -f csv -o "$work/$name"
	is_rc 2
	case $name in
	*.json) has "$err" "-o: '$work/$name' is the name of a json file, but -f says csv" ;;
	*) has "$err" "-o: '$work/$name' is the file of --resume, which must stay JSON" ;;
	esac
done
rc=0
env "${environment[@]}" "$tokctl" report - -o "$work/alias" <"$work/saved.json" >"$out" 2>"$err" || rc=$?
is_rc 2
is "the result" "$(cksum <"$work/saved.json")" "$sum"
rm "$work/second"
result "a result is not replaced by its report, by whatever name"

# --- standard output by another name

rc=0
env "${environment[@]}" "$tokctl" run -l mutex "${quick[@]}" -f json -o "$devices/stdout" 2>"$err" </dev/null |
	cat >"$out" || rc=$?
a_result "$out" 1
echo "# a log" >"$work/log"
env "${environment[@]}" "$tokctl" run -l mutex "${quick[@]}" -f json -o "$devices/stdout" >>"$work/log" 2>"$err" </dev/null
is "first line" "$(head -n 1 "$work/log")" "# a log"
sed -i 1d "$work/log"
a_result "$work/log" 1
ln -s log "$work/log2"
env "${environment[@]}" "$tokctl" run -l mutex "${quick[@]}" -f json -o "$work/log2" >"$work/log" 2>"$err" </dev/null
a_result "$work/log" 1
env "${environment[@]}" "$tokctl" "${save[@]}" -o "$devices/stderr" 2>"$work/log" </dev/null
a_result "$work/log" 1
env "${environment[@]}" "$tokctl" run -l mutex "${quick[@]}" -f json -o >(cat >"$out") >"$work/table" 2>"$err" </dev/null
has "$work/table" "ops/s"
until_true jq -e . "$out" >/dev/null
a_result "$out" 1
env "${environment[@]}" "$tokctl" report "$work/saved.json" -o "$devices/stdout" >"$work/log" 2>"$err" </dev/null
has "$work/log" "</html>"
is "the links" "$(find "$devices" -type l -name 'std*' | wc -l)" 2
result "/dev/stdout, /dev/stderr, a process substitution"

# --- what the disk does not take

tok "${save[@]}" -n 2 -o "$devices/full"
is_rc 1
has "$err" "full: cannot be written: No space left on device"
rescued 2
tok run -l mutex "${quick[@]}" -f csv-long -o "$devices/full"
is_rc 1
has "$out" "ops/s"
is "rescued" "$(head -n 1 "$work"/tmp/tokctl-*.csv)" "cell,repeat,run,lock,verdict,key,value"
rm "$work"/tmp/tokctl-*
rc=0
env "${environment[@]}" "$tokctl" "${save[@]}" >/dev/full 2>"$err" </dev/null || rc=$?
is_rc 1
rescued 1
environment+=(TMPDIR="$work/nosuch")
tok "${save[@]}" -o "$devices/full"
is_rc 1
has "$err" "the result is on standard output instead"
a_result "$out" 1
for nowhere in /dev/null /dev/full; do
	rc=0
	env "${environment[@]}" "$tokctl" "${save[@]}" -o "$devices/full" >"$nowhere" 2>"$err" </dev/null || rc=$?
	is_rc 1
	has "$err" "the result is lost"
done
unset 'environment[-1]'
result "a full disk: the runs go to a file in TMPDIR, else to standard output"

timeout 10 head -c 1 "$work/fifo" >"$work/got" &
tok run -l mutex "${quick[@]}" -n 40 --threads-per-cpu 1,2 -q -f json -o "$work/fifo"
is_rc 1
wait "$!"
has "$err" "fifo: cannot be written: Broken pipe"
rescued 80
result "a reader of a FIFO that goes away takes no run along"

# limited COMMAND...: files of 24 KiB at most; standard output is none.
limited() {
	rc=0
	(
		ulimit -f 24
		# shellcheck disable=SC2030 # the status is that of the pipeline
		env "${environment[@]}" "$tokctl" "$@" 2>"$err" </dev/null
	) | cat >"$out"
	rc=${PIPESTATUS[0]}
}
mkdir "$work/small"
for name in old name1; do
	echo old >"$work/small/$name"
	[ "$name" = old ] || ln "$work/small/name1" "$work/small/name2"
	limited run -l mutex "${quick[@]}" -n 20 -q -f json -o "$work/small/$name"
	is_rc 1
	has "$err" "$name: cannot be written: File too large"
	has "$err" "the result is on standard output instead"
	a_result "$out" 20
	# What was saved last before it grew too large.
	jq -e '.runs | length >= 1 and length < 20' "$work/small/$name" >/dev/null ||
		problem "$name is not whole: $(tail -n 3 "$work/small/$name")"
done
echo old >"$work/small/old"
limited report "$work/saved.json" --title "$(printf 'x%.0s' {1..30000})" -o "$work/small/old"
is_rc 1
has "$err" "old: cannot be written: File too large"
is "the old content" "$(head -c 100 "$work/small/old")" old
no_rest "$work"
is "files in TMPDIR" "$(find "$work/tmp" -type f)" ""
result "a file that gets too large: the old one stays, nothing is left behind, no run is lost"

# --- signals

# killed SIGNAL COMMAND...: a job of this shell may have been told to ignore it.
killed() {
	rc=0
	# The shell itself reports a killed job on its stderr.
	{
		env --default-signal=INT,TERM,HUP "${environment[@]}" FAKE_KILL="$1" "$tokctl" "${@:2}" \
			>"$out" 2>"$err" </dev/null || rc=$?
	} 2>/dev/null
}
for signal in 1 2 15; do
	mkdir "$work/killed$signal"
	killed "$signal" report "$work/saved.json" -o "$work/killed$signal/page"
	is_rc $((128 + signal))
	has "$work/killed$signal/page" "</html>"
	killed "$signal" "${save[@]}" -o "$work/killed$signal/run.json"
	a_result "$work/killed$signal/run.json" 1
	no_rest "$work/killed$signal"
done
result "a signal while a file is written leaves no other file behind"

plan
