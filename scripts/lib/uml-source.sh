# shellcheck shell=bash
#
# uml-source.sh - owns what is changed in the source of User Mode Linux: new
# files, and one line each where the source includes or calls them.
#
# Places are found by the text of a line and not by its number, so that the
# changes fit every series that still has these lines. A source that lacks one,
# or has it twice, is refused; nothing is built that measures something else.

UML_BARRIERS=$SCRIPTS/kconfig/uml-barrier-tso.h

# uml_source TREE: called with the unpacked source.
uml_source() {
	local tree=$1

	# asm-generic fences every release and acquire, x86 does not; see the file.
	must cp "$UML_BARRIERS" "$tree/arch/x86/um/asm/barrier_tso.h"
	source_insert "$tree/arch/x86/um/asm/barrier.h" \
		'#include <asm-generic/barrier.h>' '#include <asm/barrier_tso.h>'

	# sched_clock() counts ticks of 10 ms: CPU time is charged to the thread that
	# runs at the tick, and time slices mean nothing. The host's monotonic clock
	# is a call away. cpu_ns needs it, and so does a scheduler that is to behave
	# as on a real machine. (time.c has one of its own for a mode without SMP.)
	must cat >>"$tree/arch/um/kernel/time.c" <<-'END'

		#ifndef CONFIG_UML_TIME_TRAVEL_SUPPORT
		#include <linux/sched/clock.h>
		notrace unsigned long long sched_clock(void)
		{
			return os_nsecs();
		}
		#endif
	END
}

# source_insert FILE ANCHOR TEXT: puts TEXT before the one line of FILE that is
# ANCHOR.
source_insert() {
	anchor=$2 text=$3 awk '
		$0 == ENVIRON["anchor"] { found++; print ENVIRON["text"] }
		{ print }
		END { exit found != 1 }
	' "$1" >"$1.new" || cannot "the source's ${1##*/} has no single line '$2'" \
		"choose another source with KSRC="
	must mv "$1.new" "$1"
}

# source_weak FILE LINE: the function that begins with LINE gives way to another one
# of its name.
source_weak() { source_insert "$1" "$2" '__attribute__((weak))'; }

# source_delete FILE LINE: takes the one LINE of FILE out.
source_delete() {
	line=$2 awk '
		$0 == ENVIRON["line"] { found++; next }
		{ print }
		END { exit found != 1 }
	' "$1" >"$1.new" || cannot "the source's ${1##*/} has no single line '$2'" \
		"choose another source with KSRC="
	must mv "$1.new" "$1"
}
