"""The bounded search, compiled by numba; imported by `search` when it is first called.

The lock of Python is released: `search` runs one kernel per core in plain threads, which a web
server may do too. Every array is unsigned: a signed index would be tested for being negative.
"""

import numba
import numpy as np

__all__ = ["bounded"]

NIL = 0xFFFFFFFF
WIDTH = 4
"""Roads in a row of `Rows`."""
LOW, HALF = np.uint64(0xFFFFFFFF), np.uint64(32)
"""Two numbers are read together: a row or a node in the low half, the rest in the high one."""


@numba.njit(cache=True, nogil=True)
def bounded(rows, departures, links, direct, block, limit, shift, quantum, work, output):  # type: ignore[no-untyped-def]
    """Search from the starts of a block; return the start it stopped at and the pairs found.

    Dial's buckets, each `1 << shift` ticks wide. A road may be shorter than a bucket: a node that
    improves while its bucket is read is read again, so that minutes are exact whatever the width.
    It stops before a start whose pairs may not fit in `found`, and says whether `pool` is too
    short for the next one.
    """
    begin, again, end = block
    dist, best, bucket, pool = work
    found, minutes, counts = output
    leave_indptr, leave_node, leave_ticks = departures
    used = np.uint64(0)
    for start in range(again, end):
        if used + np.uint64(len(best)) > np.uint64(len(found)):
            return start, used, False
        pushed = np.uint64(0)
        for departure in range(leave_indptr[start], leave_indptr[start + np.uint64(1)]):
            node, tick = leave_node[departure], leave_ticks[departure]
            if tick < dist[node]:
                dist[node] = tick
                pool[pushed] = np.uint64(node) | (np.uint64(bucket[tick >> shift]) << HALF)
                bucket[tick >> shift] = np.uint32(pushed)
                pushed += np.uint64(1)
        pushed, lacks_room = _spread(rows, pushed, limit, shift, dist, bucket, pool)
        if lacks_room:
            for entry in range(pushed):
                dist[pool[entry] & LOW] = limit + np.uint32(1)
            bucket[:] = np.uint32(NIL)
            return start, used, True
        listed = _collect(start, pushed, links, direct, limit, dist, best, pool, found[used:])
        for pair in range(used, used + listed):
            reached = found[pair]
            # Rounded to the nearest quantum: `quantum` is its ticks and its minutes.
            rounded = (best[reached] + (quantum[0] >> np.uint32(1))) // quantum[0]
            minutes[pair] = np.float32(rounded * quantum[1])
            best[reached] = limit + np.uint32(1)
        counts[start - begin] = listed
        used += listed
    return end, used, False


@numba.njit(cache=True, nogil=True)
def _spread(rows, pushed, limit, shift, dist, bucket, pool):  # type: ignore[no-untyped-def]
    """Settle nodes bucket after bucket; return how many entries were made, and if room lacked."""
    nil = np.uint32(NIL)
    room = np.uint64(len(pool) - WIDTH)
    for turn in range(np.uint64(limit >> shift) + np.uint64(1)):
        entry = bucket[turn]
        while entry != nil:
            bucket[turn] = nil
            while entry != nil:
                node = pool[entry] & LOW
                entry = np.uint32(pool[entry] >> HALF)
                here = dist[node]
                # Elsewhere: it was reached earlier, and already left from there.
                if here >> shift == turn:
                    if pushed > room:
                        return pushed, True
                    for road in range(np.uint64(WIDTH)):
                        near = rows[node, road] & LOW
                        there = np.uint32(here + np.uint32(rows[node, road] >> HALF))
                        # Beyond the limit nothing is shorter: dist starts just above it.
                        if there < dist[near]:
                            dist[near] = there
                            pool[pushed] = near | (np.uint64(bucket[there >> shift]) << HALF)
                            bucket[there >> shift] = np.uint32(pushed)
                            pushed += np.uint64(1)
            entry = bucket[turn]
    return pushed, False


@numba.njit(cache=True, nogil=True)
def _collect(start, pushed, links, direct, limit, dist, best, pool, found):  # type: ignore[no-untyped-def]
    """List the ends in reach, leave their minutes in `best`, and clean `dist`."""
    holds, link_indptr, link_end, link_ticks = links
    direct_indptr, direct_end, direct_ticks = direct
    listed = np.uint64(0)
    beyond = np.uint32(limit + np.uint32(1))
    for pair in range(direct_indptr[start], direct_indptr[start + np.uint64(1)]):
        reached = direct_end[pair]
        if direct_ticks[pair] < best[reached]:
            if best[reached] == beyond:
                found[listed] = reached
                listed += np.uint64(1)
            best[reached] = direct_ticks[pair]
    for entry in range(pushed):
        node = pool[entry] & LOW
        here = dist[node]
        dist[node] = beyond
        # Most junctions lead to no end; one that was pushed twice is clean by then.
        if not holds[node] or here == beyond:
            continue
        for link in range(link_indptr[node], link_indptr[node + np.uint64(1)]):
            reached, there = link_end[link], np.uint32(here + link_ticks[link])
            if there < best[reached]:
                if best[reached] == beyond:
                    found[listed] = reached
                    listed += np.uint64(1)
                best[reached] = there
    return listed
