# shellcheck shell=bash
#
# examples.sh - the commands that README.md and the manual pages tell people to
# type, and which of them are not run in a laboratory
#
# In README.md they are the lines of the "sh" blocks, in a page those of the
# displays ".Bd -literal -offset indent". A line that ends in a backslash goes on.
# Anything else that is literal (tables, output) is no command: in a page its
# display is not indented.
#
#	EXAMPLES_TABLE	scripts/examples.table

EXAMPLES_TABLE=${EXAMPLES_TABLE:-scripts/examples.table}

# documents: the files, in the order in which their commands are run.
documents() { printf '%s\n' README.md userctl/man/*.[78]; }

# examples FILE: its commands, one a line, without comments.
# shellcheck disable=SC2016 # a code fence, not a command
examples() {
	case $1 in
	*.md) sed -n '/^```sh$/,/^```$/{/^```/d;s/ *# .*//;p}' "$1" ;;
	*) sed -n '/^\.Bd -literal -offset indent$/,/^\.Ed$/{/^\./d;s/\\e/\\/g;s/\\(aq/'\''/g;p}' "$1" ;;
	esac | sed -e ':a' -e '/\\$/{N;s/ *\\\n */ /;ba' -e '}' -e '/^$/d'
}

# all_examples: those of all documents, each once.
all_examples() {
	local file
	documents | while IFS= read -r file; do
		examples "$file"
	done | awk '!seen[$0]++'
}

# example_place COMMAND: where it is run: what the table says, else "lab".
example_place() {
	awk -F '\t' -v command="$1" '!/^#/ && $2 == command { place = $1 } END { print place ? place : "lab" }' \
		"$EXAMPLES_TABLE"
}

# examples_unknown: lines of the table that no document has, or without a reason.
examples_unknown() {
	awk -F '\t' 'NR == FNR { known[$0]; next }
		/^#/ || /^$/ { next }
		!($2 in known) { print FILENAME ": no document has: " $2 }
		$1 !~ /^(fake|none)$/ { print FILENAME ": neither fake nor none: " $0 }
		$3 == "" { print FILENAME ": no reason: " $2 }' <(all_examples) "$EXAMPLES_TABLE"
}
