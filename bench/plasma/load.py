"""Measures one Plasma store through pyarrow's client.

usage: load.py NAME SOCKET SECONDS LARGEST_BYTES

Prints rows: NAME, operation, object size, number of client processes, operations per second of all
together, p50 and p99 in microseconds. Every client works on objects of its own, deletes what it
made, and is measured in the middle of its run, when memory is warm.
"""

import multiprocessing
import os
import sys
import time
import warnings

import numpy
import pyarrow

warnings.simplefilter('ignore')
import pyarrow.plasma as plasma  # noqa: E402

SIZES = [1 << 10, 64 << 10, 1 << 20, 100 << 20, 1 << 30]
OPERATIONS = ['put', 'get', 'create+seal', 'contains', 'delete']
WARM_UP = 20


class Client:
    """Runs one operation again and again and keeps how long each took."""

    def __init__(self, socket, size):
        self.store = plasma.connect(socket)
        self.size = size
        self.value = pyarrow.py_buffer(os.urandom(1 << 20) * max(1, size >> 20))[:size]
        self.existing = plasma.ObjectID.from_random()
        self.store.put_raw_buffer(self.value, self.existing)

    def timed(self, work, *arguments):
        begin = time.perf_counter_ns()
        result = work(*arguments)
        self.times.append(time.perf_counter_ns() - begin)
        return result

    def put(self):
        id = plasma.ObjectID.from_random()
        self.timed(self.store.put_raw_buffer, self.value, id)
        self.store.delete([id])

    def get(self):
        buffers = self.timed(self.store.get_buffers, [self.existing])
        del buffers

    def create_and_seal(self):
        id = plasma.ObjectID.from_random()
        self.timed(self.create_one, id)
        self.store.delete([id])

    def create_one(self, id):
        buffer = self.store.create(id, min(self.size, 1 << 20))
        self.store.seal(id)
        del buffer

    def contains(self):
        self.timed(self.store.contains, self.existing)

    def delete(self):
        id = plasma.ObjectID.from_random()
        self.store.create_and_seal(id, b'x' * min(self.size, 1 << 16))
        self.timed(self.store.delete, [id])

    def run(self, operation, seconds):
        work = {'put': self.put, 'get': self.get, 'create+seal': self.create_and_seal,
                'contains': self.contains, 'delete': self.delete}[operation]
        self.times = []
        for _ in range(2 if self.size >= 100 << 20 else WARM_UP):
            work()
        self.times = []
        end = time.perf_counter() + seconds
        while time.perf_counter() < end or len(self.times) < 3:
            work()
        return self.times


def worker(socket, size, operation, seconds, barrier, results):
    client = Client(socket, size)
    barrier.wait()
    results.put(client.run(operation, seconds))
    barrier.wait()
    client.store.delete([client.existing])
    client.store.disconnect()


def measure(socket, size, operation, seconds, clients):
    context = multiprocessing.get_context('fork')
    barrier, results = context.Barrier(clients), context.Queue()
    processes = [context.Process(target=worker,
                                 args=(socket, size, operation, seconds, barrier, results))
                 for _ in range(clients)]
    for process in processes:
        process.start()
    per_client = [results.get() for _ in processes]
    for process in processes:
        process.join()
    rate = sum(len(times) / (sum(times) / 1e9) for times in per_client)
    times = sorted(time for times in per_client for time in times)
    return rate, times[len(times) // 2] / 1e3, times[min(len(times) - 1, len(times) * 99 // 100)] / 1e3


def label(size):
    return '%d GiB' % (size >> 30) if size >= 1 << 30 else \
        '%d MiB' % (size >> 20) if size >= 1 << 20 else '%d KiB' % (size >> 10)


def memcpy(seconds):
    """Bytes per second that one thread copies between warm memory."""
    source, target = numpy.ones(100 << 20, numpy.uint8), numpy.zeros(100 << 20, numpy.uint8)
    count, begin = 0, time.perf_counter()
    while time.perf_counter() < begin + seconds:
        numpy.copyto(target, source)
        count += 1
    return count * (100 << 20) / (time.perf_counter() - begin)


def main():
    name, socket, seconds, largest = sys.argv[1], sys.argv[2], float(sys.argv[3]), int(sys.argv[4])
    for size in SIZES:
        if size > largest:
            continue
        for clients in (1, 4):
            if size * clients > 1 << 30:
                continue
            for operation in OPERATIONS:
                if size > 1 << 20 and operation in ('contains', 'delete', 'create+seal'):
                    continue
                rate, p50, p99 = measure(socket, size, operation, seconds, clients)
                print('%s\t%s\t%s\t%d\t%.0f\t%.1f\t%.1f'
                      % (name, operation, label(size), clients, rate, p50, p99), flush=True)
    print('%s\tmemcpy\t100 MiB\t1\t%.0f\t0\t0' % (name, memcpy(seconds) / (100 << 20)), flush=True)


if __name__ == '__main__':
    main()
