# shellcheck shell=bash
#
# q1 - what do tokens give under heavy contention, against sleep locks?
#
# The mail of June 2010: "nobody has investigated their behavior under heavy contention",
# and its author is "sceptical about token scalability". Throughput, the longest wait and
# fairness of one lock that all threads want all the time: on two CPUs with one thread
# each, with 16 each, and, where there are as many CPUs, a thread on each of 2, 8 and 48.

short 50 10
around --lock=token-poll,token-handoff,mutex --cpus=0-1 "${WINDOW[@]}"
run --lock=token-poll --cpus=0-1 --substrate=inline --hold-ns=2us --think-ns=0,100 "${WINDOW[@]}"
short 200 60
run --lock=token-poll,token-backoff,token-handoff,lockmgr,mutex --cpus=0-1 --threads-per-cpu=16 \
	--hold-ns=2us --think-ns=0 "${WINDOW[@]}"
short 50 10
cpus=()
for n in 2 8 48; do
	[ "$n" -gt "$(nproc)" ] || cpus+=("--cpus=0-$((n - 1))")
done
run --lock=token-poll,token-backoff,token-handoff,mutex "${cpus[@]}" \
	--hold-ns=1us --think-ns=0,100 "${WINDOW[@]}"

claim two 'on two CPUs the tokens of 2010 do at least 0.9 of what the mutex does' \
	'ratio token-poll / mutex: ops_per_s >= 0.9 where cpus=0-1 threads_per_cpu=1 substrate=kthread'
claim inline 'with a switch of LWKT in place of one of Linux (substrate=inline) they do' \
	'ratio token-poll[substrate=inline] / mutex[substrate=kthread]: ops_per_s >= 0.9 where cpus=0-1 threads_per_cpu=1'
claim collapse 'on 48 CPUs the tokens of 2010 do less than half of what the mutex does' \
	'ratio token-poll / mutex: ops_per_s < 0.5 where cpus=0-47'
claim handoff 'a token whose waiters are woken by a release keeps 0.9 of its throughput from 2 CPUs to 48' \
	'ratio token-handoff[cpus=0-47] / token-handoff[cpus=0-1]: ops_per_s >= 0.9 where hold_ns=1000'
claim backoff 'the tokens of 2018, which back off, keep 0.9 as well' \
	'ratio token-backoff[cpus=0-47] / token-backoff[cpus=0-1]: ops_per_s >= 0.9 where hold_ns=1000'
claim fair 'with 16 threads per CPU the tokens of 2010 are less fair than the mutex' \
	'ratio token-poll / mutex: jain_ops < 1 where threads_per_cpu=16'
claim wait 'there the longest wait for a token that is handed over is less than half of that for the mutex' \
	'ratio token-handoff / mutex: latency.acquire_ns.max < 0.5 where threads_per_cpu=16'

answer 'On two CPUs the tokens of 2010 do {two} times the operations of a mutex{two?, so they keep up|, so they do not keep up| (what decides: {two!})|, which is undecided}{inline:, and with a switch of LWKT in place of one of Linux # times}; on 48 CPUs they do {collapse} times as many{collapse?: they collapse|: they do not collapse| (what decides: {collapse!})|, which is undecided}, while a token that a release hands over keeps {handoff} of its throughput{handoff?|| (what decides: {handoff!})|, which is undecided}, and its longest wait with 16 threads per CPU is {wait} of the longest for the mutex.'
picture 'One lock, held for 1 us, no pause' 'CPUs, a thread on each' 'operations per second' \
	cpus_used ops_per_s x 'hold_ns=1000 think_ns=0 lab=sim'
