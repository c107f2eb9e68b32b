# shellcheck shell=bash
#
# q3 - M threads of a CPU wait: how often does the scheduler try in vain, and who pays?
#
# The mail of June 2010: "if you have M threads on a cpu all waiting for, say, the VM token,
# then while it is held on another cpu you'll try (and fail) to get that token M times every
# time you lwkt_switch(). This is time you could have spent running a task that potentially
# could get some work done." One token, two CPUs, M threads on each, and on each a
# bystander that needs no token.

short 50 10
run --lock=token-poll,token-handoff,lockmgr --cpus=0-1 --threads-per-cpu=1,4,16 --hold-ns=2us \
	--think-ns=0 --substrate=kthread,inline "${WINDOW[@]}"
run --lock=token-poll,token-handoff,lockmgr --cpus=0-1 --threads-per-cpu=1,16 --bystanders=1 \
	--hold-ns=2us --think-ns=0,100 --substrate=kthread,inline "${WINDOW[@]}"

# A release may come in the middle of a pass, which then fails less often.
claim count 'a pass of the scheduler that finds the token taken fails M times, or 0.9 M where releases come in between' \
	'count token-poll: attempts_failed / switches_contended >= 0.9 * threads_per_cpu where bystanders=0'
claim grows 'so the failed tries per operation grow with M: with 16 more than twice those with 1' \
	'ratio token-poll[threads_per_cpu=16] / token-poll[threads_per_cpu=1]: attempts_failed / ops > 2 where bystanders=0'
claim scan 'with 16 waiting the scheduler spends more than a tenth of the CPU time on such passes' \
	'time token-poll: scan_ns / cpu_ns > 0.1 where bystanders=0 threads_per_cpu=16'
claim bystander 'a bystander does less than half of what it does beside waiters that a release wakes' \
	'ratio token-poll / token-handoff: bystander_kept < 0.5 where bystanders=1' \
	'ratio token-poll / lockmgr: bystander_kept < 0.5 where bystanders=1'
claim woken 'where a release wakes the waiters, a thread fails at most once per operation, whatever M is' \
	'count token-handoff,lockmgr: attempts_failed / ops <= 1 + threads / ops'

answer 'The count is {count?right|wrong|right at some loads|open}: a pass fails {count} times with M from 1 to 16, so each operation has {grows} times the failed tries with 16 waiting threads that it has with one; the passes take {scan} of the CPU time, and a bystander that needs no token does {bystander} times what it does beside token-handoff{bystander?: it pays for them|: it does not pay for them| (what decides: {bystander!})|, which is undecided}; where a release wakes the waiters, there are {woken} failed tries per operation.'
picture 'One token, two CPUs' 'M, threads on each CPU' 'failed tries per operation' threads_per_cpu 'attempts_failed / ops' xy \
	'bystanders=0'
