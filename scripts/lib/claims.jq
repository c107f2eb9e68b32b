# claims.jq - judges claims: CONFIRMED, REFUTED or UNDECIDED, and the numbers that decide
#
# usage: jq -n --argjson claims CLAIMS -f claims.jq RESULT...
#        jq -nr --argjson picture PICTURE -f claims.jq RESULT...
#
# RESULT is a file as "tokctl run -f json" writes it. CLAIMS is [{id, words, rules}], a
# rule being a line of text:
#
#	count LOCK,...: EXPR OP EXPR [where KEY=VALUE ...]
#		a count is exact: CONFIRMED if it is so in every run, REFUTED if it is
#		so in none
#	count LOCK / LOCK: EXPR OP NUMBER [where KEY=VALUE ...]
#		EXPR of the first lock is to that of the second as NUMBER to 1, each run of
#		the one beside each of the other
#	time LOCK,...: EXPR OP EXPR [where KEY=VALUE ...]
#		the left side over the right one, with the interval of 95 % of its
#		median over the runs, against 1
#	ratio LOCK / LOCK: EXPR OP NUMBER [where KEY=VALUE ...]
#		EXPR of the first lock over that of the second, with its interval
#		against NUMBER. Runs of one round are a pair (Wilcoxon), those of two
#		cells are not (Mann and Whitney)
#
# LOCK may have a filter of its own, LOCK[KEY=VALUE ...], which picks a cell: without
# one, a rule is judged in each cell in which the locks ran. EXPR is numbers and keys of
# a run with + - * / ( ). A key is one of totals or params, or a path with dots
# (latency.acquire_ns.p99), or ops_per_s, or cpus_used. lab is a key of a filter.
#
# A rule that holds in some cells and not in others is REFUTED for counts, for times it
# is UNDECIDED; "hangs" says on what. All rules of a claim must hold. A run that is not
# ok, a lock or a key that is missing, fewer than 6 rounds for an interval, an interval
# that covers the bound, and an emulated CPU for times: UNDECIDED, and why.

# --- expressions ------------------------------------------------------------

def tokens:
  [match("[a-z_][a-z_0-9.]*|[0-9]+([.][0-9]+)?|[-+*/()]"; "g").string] as $t |
  if ($t | join("")) == gsub("\\s"; "") and ($t | length) > 0 then $t
  else error("no expression: '\(.)'") end;

# {t: tokens left, v: tree so far}
def expression:
  def shift: .t |= .[1:];
  def atom:
    (.t[0] // "") as $head |
    if $head == "(" then
      shift | expression | if .t[0] == ")" then shift else error("a ) is missing") end
    elif $head | test("^[0-9]") then .v = {number: ($head | tonumber)} | shift
    elif $head | test("^[a-z_]") then .v = {key: $head} | shift
    else error("a number or a key is missing") end;
  def more($ops; next):
    .t[0] as $op |
    if $op != null and ($ops | index($op)) then
      .v as $left | shift | next | .v = {op: $op, left: $left, right: .v} | more($ops; next)
    else . end;
  def product: atom | more(["*", "/"]; atom);
  product | more(["+", "-"]; product);

def parsed: {t: tokens} | expression | if .t == [] then .v else error("'\(.t[0])' is one too many") end;

# How many CPUs a list like 0-3,8 names.
def cpus_in: split(",") | map(split("-") | map(tonumber) | (.[1] // .[0]) - .[0] + 1) | add;

# at($path): what is there, or null. No try here or below: in jq 1.6 it would also catch
# the errors of what comes after it.
def at($path): reduce ($path | split("."))[] as $step (.;
  if type == "object" then .[$step]
  elif type == "array" and ($step | test("^[0-9]+$")) then .[$step | tonumber]
  else null end);

# The key of a run; an error if it has no such number.
def look_up($run):
  . as $key |
  (if . == "ops_per_s" then
     if $run.totals.window_ns > 0 then $run.totals.ops * 1000000000 / $run.totals.window_ns else null end
   elif . == "cpus_used" then $run.params.cpus | cpus_in
   elif contains(".") then . as $path | $run | at($path)
   elif $run.totals[.] != null then $run.totals[.]
   else $run.params[.] end) |
  if type == "string" and test("^[0-9]+([.][0-9]+)?$") then tonumber else . end |
  if type == "number" then . else error("no \($key) in a run of \($run.lock)") end;

def value($run):
  if has("number") then .number
  elif has("key") then .key | look_up($run)
  else
    (.left | value($run)) as $l | (.right | value($run)) as $r |
    if .op == "+" then $l + $r elif .op == "-" then $l - $r elif .op == "*" then $l * $r
    elif $r == 0 then error("division by 0 in a run of \($run.lock)")
    else $l / $r end
  end;

# --- rules ------------------------------------------------------------------

def filters: [scan("([a-z_.]+)=([^ \\]]+)") | {key: .[0], value: .[1]}];

def rule:
  . as $text |
  ([capture("^(?<kind>count|time|ratio) (?<locks>[^:]+): (?<left>[^<>=]+) (?<op>>=|<=|==|<|>) (?<right>[^<>=]+?)( where (?<where>.*))?$")][0]
    // error("no rule: '\($text)'")) |
  .where = ((.where // "") | filters) |
  .left |= parsed | .right |= parsed |
  .sides = (.locks | split(" / ") | map({lock: sub("\\[.*"; ""), filter: filters})) |
  if .kind == "ratio" and (.sides | length) != 2 then error("a ratio is of two locks: '\($text)'")
  elif (.sides | length) > (if .kind == "time" then 1 else 2 end) then error("too many locks: '\($text)'")
  elif .kind != "count" and .op == "==" then error("== is for counts: '\($text)'")
  elif (.sides | length) == 2 and ([.right | .. | objects | .key? // empty] != []) then error("two locks have a number as their bound: '\($text)'")
  else . end;

# of FILTER, what a run is asked for: as text, so that 0-3 is a value as well.
def passes($filter): . as $run | $filter | all(.[];
  . as $f | ($run.params[$f.key] // $run.params.token[$f.key] // $run.where[$f.key] // ($run | at($f.key))) |
  tostring == $f.value);

# --- intervals --------------------------------------------------------------

# ways($n): of the signed ranks of n, how many of the 2^n have each sum.
def ways_signed($n): reduce range(1; $n + 1) as $r ([1];
  . as $w | [range(0; ($w | length) + $r) | (if . < ($w | length) then $w[.] else 0 end) + (if . >= $r then $w[. - $r] else 0 end)]);

# Of two samples of a and b, how many orders have each number of pairs that are upside down.
def ways_pairs($a; $b): reduce range(1; $a + 1) as $i ([1];
  . as $w | ([range(0; ($w | length) + $b + $i) | if . < ($w | length) then $w[.] else 0 end]) |
  # times (1 - x^(b+i)), over (1 - x^i)
  . as $p | [range(0; length) | $p[.] - (if . >= $b + $i then $p[. - $b - $i] else 0 end)] |
  reduce range($i; length) as $k (.; .[$k] += .[$k - $i])) | .[0:$a * $b + 1];

# How many of the ordered estimates to leave out at either end: of as many as
# there are ways, at most 2.5 % are there. -1: none may be.
def cut: . as $w | add as $all |
  reduce range(0; length) as $k ({sum: 0, cut: -1, done: false};
    .sum += $w[$k] | if (.done | not) and .sum / $all <= 0.025 then .cut = $k else .done = true end) | .cut;

def middle: sort | if length % 2 == 1 then .[length / 2 | floor] else (.[length / 2] + .[length / 2 - 1]) / 2 end;

# Of the ordered estimates: {value, low, high}.
def interval($cut): sort | {value: middle, low: .[$cut], high: .[length - 1 - $cut]};

# Of ratios, one a round. Logarithms need all to be above 0.
def interval_of_ratios:
  map(log) | . as $x | length as $n | (ways_signed($n) | cut) as $cut |
  [range(0; $n) as $i | range($i; $n) as $j | ($x[$i] + $x[$j]) / 2] | interval($cut) | map_values(exp);

def interval_of_samples($a; $b):
  (ways_pairs($a | length; $b | length) | cut) as $cut |
  [$a[] as $x | $b[] as $y | ($x | log) - ($y | log)] | interval($cut) | map_values(exp);

# --- verdicts ---------------------------------------------------------------

def compare($op; $l; $r):
  if $op == ">=" then $l >= $r elif $op == "<=" then $l <= $r elif $op == "==" then $l == $r
  elif $op == ">" then $l > $r else $l < $r end;

def short: if . == null then "-" elif . == 0 then "0"
  elif fabs >= 1000000 then "\(. / 10000 | round / 100)M"
  elif fabs >= 10000 then "\(. / 100 | round / 10)k"
  elif fabs >= 100 then round
  elif fabs >= 10 then . * 10 | round / 10
  elif fabs >= 1 then . * 100 | round / 100
  else . * 1000 | round / 1000 end | tostring;

def open($why): {verdict: "UNDECIDED", why: $why};

# judge($op; $bound): {value, low, high} against the bound.
def judge($op; $bound):
  .verdict = (if compare($op; .low; $bound) and compare($op; .high; $bound) then "CONFIRMED"
    elif compare($op; .low; $bound) or compare($op; .high; $bound) then "UNDECIDED" else "REFUTED" end) |
  .bound = $bound | if .verdict == "UNDECIDED" then .why = "the interval covers \($bound | short)" else . end;

# spoiled: why these runs cannot decide; nothing if they can.
def spoiled($least):
  (map(select(.verdict != "ok"))) as $bad |
  if $bad != [] then "\($bad | length) of \(length) runs of \($bad[0].lock) \($bad[0].verdict): \(($bad[0].reasons // ["no reason given"])[0] | if type == "object" then tostring else . end)"
  elif length < $least then "\(length) run\(if length > 1 then "s" else "" end) of \(.[0].lock), an interval takes \($least)"
  else empty end;

def emulated: any(.[]; .certificate.times == "meaningless");

# What a ratio is made of. Nothing is a ratio of 0.
def above: if all(.[]; . > 0) then . else error("not above 0: no ratio") end;
def least: if all(.[]; . >= 0) then . else error("below 0: no ratio") end;

# judge_one($r): the runs of one lock in one cell.
def judge_one($r):
  . as $runs |
  [spoiled(if $r.kind == "count" then 1 else 6 end)] as $why |
  if $why != [] then open($why[0])
  elif $r.kind == "time" and emulated then open("times mean nothing: the CPU was emulated")
  else try (
    map(. as $run | {l: ($r.left | value($run)), r: ($r.right | value($run))}) |
    if $r.kind == "count" then
      map(select(compare($r.op; .l; .r))) as $yes |
      {low: (map(.l) | min), value: (map(.l) | middle), high: (map(.l) | max), bound: (map(.r) | middle),
       verdict: (if ($yes | length) == length then "CONFIRMED" elif $yes == [] then "REFUTED" else "UNDECIDED" end)} |
      if .verdict == "UNDECIDED" then .why = "so in \($yes | length) of \($runs | length) runs" else . end
    else
      (map(.r) | above | middle) as $bound | map(.l / .r) | least | interval_of_ratios |
      judge($r.op; 1) | .value *= $bound | .low *= $bound | .high *= $bound | .bound = $bound |
      if .why then .why = "the interval covers \($bound | short)" else . end
    end) catch open(.)
  end | .n = ($runs | length);

def judge_two($r; $a; $b; $paired):
  [$a, $b | spoiled(if $r.kind == "count" then 1 else 6 end)] as $why |
  if $why != [] then open($why[0])
  elif $r.kind == "count" then try (
    ($a | map(. as $run | $r.left | value($run))) as $x |
    ($b | map(. as $run | $r.left | value($run))) as $y | ($r.right | value({})) as $bound |
    [$x[] as $l | $y[] | compare($r.op; $l; $bound * .)] |
    (if all then "CONFIRMED" elif any then "UNDECIDED" else "REFUTED" end) as $verdict |
    # As a text: from nothing at all nothing is a multiple.
    ($y | middle) as $over | {verdict: $verdict, bound: $bound,
      value: (if $over == 0 then null else ($x | middle) / $over end)} | .low = .value | .high = .value |
    if $verdict == "UNDECIDED" then .why = "not so in each pair of runs" else . end) catch open(.)
  elif $a + $b | emulated then open("times mean nothing: the CPU was emulated")
  else try (
    ($a | map(. as $run | $r.left | value($run)) | least) as $x |
    ($b | map(. as $run | $r.left | value($run)) | above) as $y |
    (if $paired then [$x, $y] | transpose | map(.[0] / .[1]) | interval_of_ratios
     else interval_of_samples($x; $y) end) | judge($r.op; ($r.right | value({})))) catch open(.)
  end | .n = ($a | length);

# params that a cell is known by
def place: .where.file as $file | (.params // {} | del(.lock, .token, .warmup_ms, .duration_ms, .measure)) +
  (.params.token // {}) + (.where | del(.file)) | with_entries(select(.value != null));

# fits: is all the same that both places know? A knob of the tokens is none of a mutex.
def fits($other): . as $mine | all(keys[] | select(in($other)); $mine[.] == $other[.]);

# cells: the runs of a rule, by the cell in which they ran.
def cells: group_by([.where.file, .cell]);

def judge_cells($r; $runs):
  ($runs | map(select(passes($r.where)))) as $in |
  if $r.sides | length == 2 then
    ($r.sides | map(. as $s | $in | map(select(.lock == $s.lock and passes($s.filter))))) as [$a, $b] |
    if $a == [] then [open("no run of \($r.locks | split(" / ")[0])")]
    elif $b == [] then [open("no run of \($r.locks | split(" / ")[1])")]
    elif ($r.sides[0].filter + $r.sides[1].filter) == [] then
      [$a | cells[] | . as $x |
        ($b | map(select(.where.file == $x[0].where.file and .cell == $x[0].cell)) | sort_by(.repeat)) as $y |
        if $y == [] then open("no run of \($r.sides[1].lock) beside it")
        else judge_two($r; $x | sort_by(.repeat); $y; ($x | map(.repeat) | sort) == ($y | map(.repeat) | sort)) end |
        .place = ($x[0] | place)]
    else
      # Each side has cells of its own; they belong together where all else is the same.
      ([$r.sides[].filter[].key] | unique) as $own |
      [$a | cells[] | . as $x | ($x[0] | place | with_entries(select(.key as $k | $own | index($k) | not))) as $p |
        [$b | cells[] | select(.[0] | place | with_entries(select(.key as $k | $own | index($k) | not)) | fits($p))] as $ys |
        if $ys | length != 1 then open("\($ys | length) cells to compare with") else judge_two($r; $x; $ys[0]; false) end |
        .place = $p]
    end
  else
    [$r.sides[0].lock | split(",")[] as $lock |
      ($in | map(select(.lock == $lock and passes($r.sides[0].filter)))) as $mine |
      if $mine == [] then open("no run of \($lock)" + (if $r.where + $r.sides[0].filter == [] then "" else
          " with " + ($r.where + $r.sides[0].filter | map("\(.key)=\(.value)") | join(" ")) end)) | .place = {lock: $lock}
      else $mine | cells[] | . as $x | judge_one($r) | .place = ($x[0] | place + {lock: $lock}) end]
  end;

# varying: keys that all places have, and that differ: lab and lock first.
def varying: map(.place // {}) | . as $p | ([map(keys)[] | .[]] | unique | sort_by(IN("lab", "lock") | not)) |
  map(select(. as $k | $p | all(.[]; has($k)) and (map(.[$k]) | unique | length > 1)));

# hangs: on which key it depends whether a rule holds, if it holds here and not there.
def hangs:
  . as $cells | map(select(.verdict == "CONFIRMED")) as $yes | map(select(.verdict == "REFUTED")) as $no |
  if $yes == [] or $no == [] then null
  else
    [varying[] | . as $k | ($yes | map(.place[$k]) | unique) as $y | ($no | map(.place[$k]) | unique) as $n |
      select($y - $n == $y) |
      "\($k): it holds at \($y | map(tostring) | join(", ")), not at \($n | map(tostring) | join(", "))"][0] //
    "more than one parameter: it holds in \($yes | length) cells, not in \($no | length), first with \(
      $cells | varying as $v | $no[0].place | to_entries | map(select(.key as $k | $v | index($k)) | "\(.key)=\(.value)") | join(" "))"
  end;

def summed($kind):
  . as $cells | map(.verdict) as $v | hangs as $hangs |
  (if all($v[]; . == "CONFIRMED") then "CONFIRMED"
   elif $kind == "count" and ($v | index("REFUTED")) then "REFUTED"
   elif all($v[]; . == "REFUTED") then "REFUTED" else "UNDECIDED" end) as $verdict |
  {verdict: $verdict, hangs: $hangs, cells: $cells,
   why: (if $verdict != "UNDECIDED" then null elif $hangs then "it hangs on \($hangs)"
     else ($cells | map(select(.verdict == "UNDECIDED")) |
       "\(.[0].why)\(if length > 1 then " (and \(length - 1) more of \($cells | length) loads)" else "" end)") end)};

def span($low; $high): if $low == $high then $low else "\($low)-\($high)" end;

# numbers: of the cells of a rule, as text: the median and its interval, or the range of
# medians over several loads; short is for a sentence.
def numbers:
  map(select(.value != null)) | map({low: (.low | short), high: (.high | short), text: (.value | short), value}) |
  if . == [] then {text: "-", short: "-"}
  elif length == 1 then .[0] |
    {text: "\(.text)\(if .low == .high then "" else " (\(span(.low; .high)))" end)"} | .short = .text
  else sort_by(.value) | {text: "\(span(.[0].text; .[-1].text)) at \(length) loads",
    short: (if .[0].text == .[-1].text then .[0].text else "\(.[0].text) to \(.[-1].text)" end)} end;

def combined:
  (map(.verdict) | if all(.[]; . == "CONFIRMED") then "CONFIRMED" elif index("REFUTED") then "REFUTED" else "UNDECIDED" end);

def judged($runs):
  .rules |= map(. as $text |
    (try ($text | rule | . as $r | judge_cells($r; $runs) | summed($r.kind) | . + (.cells | numbers)) catch
      {verdict: "UNDECIDED", why: ., cells: [], text: "-", short: "-"}) | .rule = $text) |
  .verdict = (.rules | combined) | .hangs = ([.rules[].hangs | values] | unique | join("; ")) |
  .why = ([.rules[].why | values] | unique | join("; ")) | .numbers = ([.rules[].text] | join("; "));

# runs_of: those of a result, with what is around them.
def runs_of($file): .environment.lab as $lab |
  .runs[] | .where = {file: $file, lab: ($lab // "host")} | del(.threads);

# points($p): of a picture {x, y, where}: lock, x, and of y the median, the least and the most.
def points($p):
  ($p.x | parsed) as $x | ($p.y | parsed) as $y | ($p.where // "" | filters) as $where |
  map(select(.verdict == "ok" and passes($where))) |
  [.[] | . as $run | try {lock, x: ($x | value($run)), y: ($y | value($run))} catch empty] |
  group_by([.lock, .x])[] | [.[0].lock, .[0].x, (map(.y) | middle, min, max)];

[inputs | runs_of(input_filename)] as $runs |
if $ARGS.named.picture then $runs | points($ARGS.named.picture) | @tsv
else $ARGS.named.claims | map(judged($runs)) end
