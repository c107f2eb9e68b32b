# locked.awk - counts the instructions of x86 that order memory, in what objdump
# -d prints of a function, in AT&T syntax
#
# A line for each function: its name, the number of locked instructions (an
# exchange with memory locks without saying so), the number of fences, the number
# of instructions, and the locked instructions in alphabetical order. Parts that
# the compiler split off count for the function, and so do several of one name.
# An lfence that stands before rdtsc belongs to a clock and is not counted.

function sorted(text,	n, i, j, word, other) {
	n = split(text, word, " ")
	for (i = 2; i <= n; i++)
		for (j = i; j > 1 && word[j - 1] > word[j]; j--) {
			other = word[j]
			word[j] = word[j - 1]
			word[j - 1] = other
		}
	text = ""
	for (i = 1; i <= n; i++)
		text = text (i > 1 ? " " : "") word[i]
	return text
}

function locks(what) {
	locked[name]++
	kinds[name] = kinds[name] " " what
}

BEGIN { FS = OFS = "\t" }

/^[0-9a-f]+ <.*>:$/ {
	if (fence)
		fences[name]++
	fence = 0
	name = $0
	sub(/^[0-9a-f]+ </, "", name)
	sub(/>:$/, "", name)
	sub(/\.(cold|part|constprop|isra).*/, "", name)
	sub(/^native_/, "", name)
	all[name]
	next
}

/^ *[0-9a-f]+:\t/ {
	instruction = $2
	size[name]++
	if (fence && instruction !~ /^rdtsc/)
		fences[name]++
	fence = instruction ~ /^lfence/
	if (instruction ~ /^[ms]fence/)
		fences[name]++
	else if (match(instruction, /^lock +[a-z0-9]+/))
		locks(substr(instruction, 6, RLENGTH - 5))
	else if (instruction ~ /^xchg[a-z]* .*\(/)
		locks("xchg")
}

END {
	if (fence)
		fences[name]++
	for (name in all)
		print name, locked[name] + 0, fences[name] + 0, size[name] + 0, sorted(kinds[name])
}
