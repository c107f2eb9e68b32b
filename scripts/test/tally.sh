# shellcheck shell=bash
#
# tally.sh - owns what the tests say in passing: how much was thrown at the module
#
# A test file says it in diagnostic lines: "N torture cases, ... seed S",
# "N executions", "N faults injected", "N leaks: none may be left". Sums of one boot
# are in THROWN.

TALLY_ROWS=()

tally_begin() {
	declare -gA THROWN=([torture]=0 [seed]=- [executions]=0 [faults]=0 [splats]=0 [leaks]=-)
}

# tally_line LINE: of a test file.
tally_line() {
	case $1 in
	*' torture cases,'*)
		[[ $1 =~ ([0-9]+)' torture cases,'.*' seed '([0-9]+) ]] || return
		THROWN[torture]=$((THROWN[torture] + BASH_REMATCH[1])) THROWN[seed]=${BASH_REMATCH[2]}
		;;
	*' executions,'*) [[ $1 =~ ([0-9]+)' executions,' ]] && THROWN[executions]=$((THROWN[executions] + BASH_REMATCH[1])) ;;
	*' faults injected,'*) [[ $1 =~ ([0-9]+)' faults injected,' ]] && THROWN[faults]=$((THROWN[faults] + BASH_REMATCH[1])) ;;
	*' leaks:'*) [[ $1 =~ ([0-9]+)' leaks:' ]] && THROWN[leaks]=$((${THROWN[leaks]#-} + BASH_REMATCH[1])) ;;
	*'no leaks after'*) THROWN[leaks]=$((${THROWN[leaks]#-} + 0)) ;;
	esac
}

# tally_counts: the sums of this boot as words, for --counts.
tally_counts() {
	echo "${THROWN[torture]} ${THROWN[seed]} ${THROWN[executions]} ${THROWN[faults]} ${THROWN[splats]} ${THROWN[leaks]}"
}

tally_row() { printf '%-10s %14s %8s %16s %16s %6s %5s\n' "$@"; }

# tally_end BOOT: a row of the table, if there is anything to say.
tally_end() {
	[ "${THROWN[torture]}${THROWN[executions]}${THROWN[faults]}${THROWN[splats]}${THROWN[leaks]}" != 0000- ] || return 0
	# shellcheck disable=SC2046 # words
	TALLY_ROWS+=("$(tally_row "$1" $(tally_counts))")
}

tally_table() {
	[ "${#TALLY_ROWS[@]}" -gt 0 ] || return 0
	tally_row boot 'torture cases' seed 'fuzz executions' 'faults injected' splats leaks
	printf '%s\n' "${TALLY_ROWS[@]}"
}
