# shellcheck shell=bash
#
# open-loop - response times at 30, 60 and 90 % of what one lock can do, and past it
#
# In a closed loop a thread that waits asks for nothing, so the longest waits hide
# the most requests (coordinated omission). Here operations arrive at random at a
# rate of their own, 100,000 per second being one lock held for 10 us without a
# pause, and each is timed from its arrival.

run --lock=token-poll,token-handoff,semaphore,mutex --rate=30k,60k,90k,120k --queue-max=100 \
	--threads-per-cpu=2 --hold-ns=10us --think-ns=0

note <<'END'
resp: from arrival to release. refused: arrivals that found 100 others waiting for
their thread. Where a lock cannot do what arrives, queues are full and the response
time is the length of the queue.
END

claim light 'at 30 % less than one arrival in a hundred is refused' \
	'count token-poll,token-handoff,semaphore,mutex: refused / arrivals < 0.01 where rate=30000'
claim over 'past what the lock can do, one in ten or more' \
	'count token-poll,token-handoff,semaphore,mutex: refused / arrivals >= 0.1 where rate=120000'
