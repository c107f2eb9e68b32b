# shellcheck shell=bash
#
# verdicts.sh - files that a linter has already found clean
#
# A linter's verdict is a function of the file, of the linter and of how it is
# called. So a clean one is kept in the cache under the hash of all three, and
# scripts/check --fast asks only for files, or sets of files, it does not know.
# The full check asks for all of them, and remembers.
#
#	VERDICTS	folder of the cache
#	TRUST		1: known verdicts count
#
# What is called and how is part of the key by a text, WHAT, and by the hash of
# the script that calls, CALLER_SUM. A verdict of one file is kept under a name
# made of both hashes and the path: a process for each key took longer than all
# that was left to check.

VERDICTS_MAX=20000

# verdict_keys WHAT FILE...: "KEY FILE" lines, a key for each file alone.
verdict_keys() {
	local what sum file
	what=$(printf '%s\n' "$CALLER_SUM" "$1" | sha256sum)
	shift
	sha256sum -- "$@" | while read -r sum file; do
		printf '%s-%s-%s %s\n' "${what:0:40}" "${sum:0:40}" "${file//\//+}" "$file"
	done
}

# verdict_key WHAT FILE...: one key for all of them together.
verdict_key() {
	local what=$1
	shift
	{
		printf '%s\n' "$CALLER_SUM" "$what"
		sha256sum -- "$@"
	} | sha256sum | cut -c1-40
}

# verdict_known KEY
verdict_known() {
	[ "$TRUST" = 1 ] && [ -e "$VERDICTS/$1" ]
}

# verdict_clean KEY...
verdict_clean() {
	mkdir -p "$VERDICTS" && (cd "$VERDICTS" && touch -- "$@")
}

# verdict_forget: keep the cache from growing for ever.
verdict_forget() {
	[ -d "$VERDICTS" ] || return 0
	[ "$(find "$VERDICTS" -type f | wc -l)" -le "$VERDICTS_MAX" ] ||
		find "$VERDICTS" -type f -mtime +7 -delete
}

# each_unknown WHAT COMMAND FILE...: COMMAND once, with those of the files that
# are not known to be clean; if it finds nothing, they are from now on.
each_unknown() {
	local what=$1 command=$2 key file keys=() files=()
	shift 2
	while read -r key file; do
		verdict_known "$key" && continue
		keys+=("$key") files+=("$file")
	done < <(verdict_keys "$what" "$@")
	[ "${#files[@]}" -gt 0 ] || return 0
	"$command" "${files[@]}" || return 1
	verdict_clean "${keys[@]}"
}

# all_unless_known WHAT COMMAND FILE...: COMMAND, without arguments, unless it is
# known to find nothing in these files.
all_unless_known() {
	local key command=$2 rc
	key=$(verdict_key "$1" "${@:3}")
	verdict_known "$key" && return 0
	"$command"
	rc=$?
	[ "$rc" != 0 ] || verdict_clean "$key"
	return "$rc"
}
