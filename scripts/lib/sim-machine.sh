# shellcheck shell=bash
#
# sim-machine.sh - owns what --machine of the lab "sim" says: a name or a file of
# constants, checked before anything is built.

# sim_machine [MACHINE]: prints it with all constants, or all there are.
sim_machine() {
	local sources=("$SCRIPTS/lib/sim-machine.c" "$SCRIPTS"/../module/sim/machine{,_list}.c)
	local dir=$CACHE/sim-machine text=()
	need build gcc
	[ $# -eq 0 ] || text=("$(sim_machine_text "$1")") || exit
	must mkdir -p "$dir"
	local program
	program=$dir/$(cat "${sources[@]}" "$SCRIPTS/../module/sim/machine.h" | hash_of)
	if [ ! -x "$program" ]; then
		must gcc -std=gnu11 -O1 -I"$SCRIPTS/../module" -o "$program.$$" "${sources[@]}"
		must mv "$program.$$" "$program"
	fi
	"$program" "${text[@]}" || die "$EX_USAGE" "--machine ${1-}: see above" "scripts/sim-machine lists the machines"
}

# sim_machine_text MACHINE: a file of constants as one line.
sim_machine_text() {
	local file=${1%%,*} more='' line
	[[ $1 != *,* ]] || more=,${1#*,}
	case $file in
	*/* | *.machine) ;;
	*)
		echo "$1"
		return
		;;
	esac
	[ -f "$file" ] && [ -r "$file" ] || die "$EX_USAGE" "--machine: cannot read the file $file"
	line=$(sed -e 's/[[:space:]]*$//' -e '/^#/d' -e '/^$/d' "$file" | paste -sd,)
	[[ $line == machine=* ]] ||
		die "$EX_USAGE" "--machine: $file does not begin with machine=NAME" "scripts/sim-machine lists the names"
	echo "${line#machine=}$more"
}
