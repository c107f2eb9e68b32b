# sensitivity.awk - which orders of locks hold on a simulated machine with other constants
#
# usage: awk [-v tsv=FILE] -f sensitivity.awk FIGURES
#
# FIGURES has TABs: rerun, cell, measure, lock, the least, the median and the most of its
# runs. The rerun "base" is the machine as it is; it stands first. Others are named
# CONSTANT CHANGE, like "wake x2".
#
# A lock is ahead of another one in the same cell if its least is more than 5 % above the
# other's most; where failed tries are counted, also by more than 0.1 of a try. Each
# pair of which one is ahead in the base is an ordering. In a rerun it is kept,
# reversed (the other one is ahead), undecided (none is), or missing (one has no figure).
# It depends on a constant if a rerun reverses it.
#
# FILE gets each ordering in each rerun: cell, measure, the two locks, the ratio of their
# medians in the base, the rerun, the ratio there, what became of it.

function ahead(run, group, a, b) {
	return low[run, group, a] > high[run, group, b] * 1.05 + (group ~ /failed/ ? 0.1 : 0)
}

function ratio(run, group, a, b) {
	return median[run, group, b] > 0 ? sprintf("%.2f", median[run, group, a] / median[run, group, b]) : "inf"
}

# became RUN GROUP A B: of the ordering "A is ahead of B".
function became(run, group, a, b) {
	if (!((run, group, a) in low) || !((run, group, b) in low))
		return "missing"
	return ahead(run, group, a, b) ? "kept" : ahead(run, group, b, a) ? "reversed" : "undecided"
}

# judge GROUP A B: one ordering, in all reruns.
function judge(group, a, b,    i, run, how, by, doubt, constant, here) {
	orderings++
	for (i = 2; i <= runs; i++) {
		run = rerun[i]
		how = became(run, group, a, b)
		if (tsv)
			print group, a, b, ratio("base", group, a, b), run,
				how == "missing" ? "-" : ratio(run, group, a, b), how >tsv
		if (how != "reversed") {
			doubt += how != "kept"
			continue
		}
		by = by (by ? ", " : "") run " " ratio(run, group, a, b)
		constant = run
		sub(/ .*/, "", constant)
		if (!(constant in here)) {
			here[constant]
			if (!decides[constant]++)
				decider[++deciders] = constant
		}
	}
	if (!by) {
		doubtful += doubt > 0
		return
	}
	depends++
	split(group, part, FS)
	put(depends, 1, part[1])
	put(depends, 2, part[2])
	put(depends, 3, a " > " b)
	put(depends, 4, ratio("base", group, a, b))
	put(depends, 5, by)
}

function put(row, col, text) {
	cell[row, col] = text
	if (length(text) > width[col])
		width[col] = length(text)
}

BEGIN {
	FS = OFS = "\t"
	split("", decides)
	put(0, 1, "cell")
	put(0, 2, "measure")
	put(0, 3, "ordering")
	put(0, 4, "ratio")
	put(0, 5, "reversed by, ratio then")
}

{
	if (!($1 in seen)) {
		seen[$1]
		rerun[++runs] = $1
	}
	key = $2 FS $3
	low[$1, key, $4] = $5
	median[$1, key, $4] = $6
	high[$1, key, $4] = $7
	if ($1 != "base")
		next
	if (!(key in locks))
		group[++groups] = key
	lock[key, ++locks[key]] = $4
}

END {
	for (g = 1; g <= groups; g++)
		for (i = 1; i <= locks[group[g]]; i++)
			for (j = 1; j <= locks[group[g]]; j++)
				if (ahead("base", group[g], lock[group[g], i], lock[group[g], j]))
					judge(group[g], lock[group[g], i], lock[group[g], j])
	printf "Of %d orderings %d survive all %d reruns, %d of them undecided in some; %d depend on a constant%s\n",
		orderings, orderings - depends, runs - 1, doubtful, depends, depends ? ":" : "."
	for (i = 1; i <= deciders; i++)
		printf "%s (%d)%s", decider[i], decides[decider[i]], i < deciders ? ", " : ".\n\n"
	format = "%-" width[1] "s  %-" width[2] "s  %-" width[3] "s  %" width[4] "s  %s\n"
	for (row = 0; depends && row <= depends; row++)
		printf format, cell[row, 1], cell[row, 2], cell[row, 3], cell[row, 4], cell[row, 5]
}
