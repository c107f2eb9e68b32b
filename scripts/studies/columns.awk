# columns.awk - a table of chosen columns out of the CSV of tokctl, in which a
# line is a key of a run
#
# usage: tokctl show -i FILE -f csv-long | awk -v locks=LOCKS -f columns.awk -- COLUMN...
#
# LOCKS are those whose rows are wanted, in their order, with blanks between them.
# A column is TITLE=EXPRESSION: keys of a result and numbers with * and /
# between them, from left to right. One row per cell and lock, the median of its
# repeats; those that are not ok take no part while there is one that is. A
# column with '~' before its title is made from times, and marked with it where
# times mean nothing. "-": the lock has no such number.

# fields LINE: its fields, unquoted, in F.
function fields(line,    n, quoted, c, i) {
	if (line !~ /"/) {
		split(line, F, ",")
		return
	}
	split("", F)
	n = 1
	quoted = 0
	for (i = 1; i <= length(line); i++) {
		c = substr(line, i, 1)
		if (c == "\"")
			quoted = !quoted
		else if (c == "," && !quoted)
			n++
		else
			F[n] = F[n] c
	}
}

# key NAME: the value of the current run, whose lines stand together.
function key(name) { return name in V ? V[name] : "" }

function value(expression,    n, i, v, x, name, op) {
	n = split(expression, name, /[*\/]/)
	split(expression, op, /[^*\/]+/)
	for (i = 1; i <= n; i++) {
		x = name[i] ~ /^[0-9]/ ? name[i] : key(name[i])
		if (x == "" || (op[i] == "/" && x + 0 == 0))
			return ""
		v = i == 1 ? x : op[i] == "*" ? v * x : v / x
	}
	return v
}

function median(list,    n, i, j, x, v) {
	n = split(list, v, "\n")
	if (v[1] !~ /^[-+.0-9e]+$/)
		return v[1]
	for (i = 2; i <= n; i++) {
		x = v[i] + 0
		for (j = i - 1; j > 0 && v[j] + 0 > x; j--)
			v[j + 1] = v[j]
		v[j + 1] = x
	}
	return n % 2 ? v[(n + 1) / 2] + 0 : (v[n / 2] + v[n / 2 + 1]) / 2
}

function text(v) {
	if (v == "" || v !~ /^[-+.0-9e]+$/)
		return v == "" ? "-" : v
	if (v == int(v) || v >= 100)
		return sprintf("%.0f", v)
	return sprintf(v >= 10 ? "%.1f" : v >= 1 ? "%.2f" : "%.3f", v)
}

function put(row, col, s) {
	CELL[row, col] = s
	if (length(s) > WIDTH[col])
		WIDTH[col] = length(s)
}

BEGIN {
	for (i = 1; i < ARGC; i++) {
		title[i] = expression[i] = ARGV[i]
		sub(/=.*/, "", title[i])
		sub(/^[^=]*=/, "", expression[i])
		ARGV[i] = ""
	}
	columns = ARGC - 1
	split("cell repeat run lock verdict", COLUMN, " ")
	nr_locks = split(locks, lock, " ")
}

function finish(    row, good, i, v) {
	if (last == "")
		return
	row = key("cell") SUBSEP key("lock")
	if (!(key("cell") in known)) {
		known[key("cell")]
		cell[++cells] = key("cell")
	}
	if (key("certificate.times") == "meaningless")
		meaningless = 1
	good = key("verdict") == "ok"
	if (!good) {
		bad++
		if (verdict[row] == "ok")
			return
		verdict[row] = key("verdict")
	} else if (verdict[row] != "ok") {
		for (i = 1; i <= columns; i++)
			delete seen[row, i]
		verdict[row] = "ok"
	}
	for (i = 1; i <= columns; i++) {
		v = value(expression[i])
		if (v != "" && (row, i) in seen)
			v = seen[row, i] "\n" v
		if (v != "")
			seen[row, i] = v
	}
}

NR == 1 {
	fields($0)
	for (i in F)
		AT[F[i]] = i
	next
}

{
	fields($0)
	run = F[1] SUBSEP F[2] SUBSEP F[3] SUBSEP F[4]
	if (run != last) {
		finish()
		last = run
		split("", V)
		for (i = 1; i <= 5; i++)
			V[COLUMN[i]] = F[i]
	}
	V[F[AT["key"]]] = F[AT["value"]]
}

END {
	finish()
	for (c = 1; c <= cells; c++)
		for (i = 1; i <= nr_locks; i++)
			if ((cell[c], lock[i]) in verdict)
				order[++rows] = cell[c] SUBSEP lock[i]
	for (i = 1; i <= columns; i++) {
		timed = sub(/^~/, "", title[i]) && meaningless
		put(0, i, (timed ? "~" : "") title[i])
		for (r = 1; r <= rows; r++) {
			v = (order[r], i) in seen ? text(median(seen[order[r], i])) : "-"
			put(r, i, (timed && v != "-" ? "~" : "") v)
			if (v ~ /^[a-z]/)
				left[i] = 1
		}
	}
	if (bad) {
		left[++columns] = 1
		put(0, columns, "verdict")
		for (r = 1; r <= rows; r++)
			put(r, columns, verdict[order[r]])
	}
	for (r = 0; r <= rows; r++) {
		line = ""
		for (i = 1; i <= columns; i++)
			line = line sprintf("%s%" (left[i] ? "-" : "") WIDTH[i] "s", i > 1 ? "  " : "", CELL[r, i])
		sub(/ +$/, "", line)
		print line
	}
	if (meaningless)
		print "Times mean nothing here: the CPU was emulated. Columns marked ~ are made from times."
}
