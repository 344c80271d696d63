"""The same load on a Plasma store, whichever it is; one row of figures for each operation.

usage: load.py NAME SOCKET SECONDS SIZE...
rows: NAME, operation, clients, operations per second, p50 and p99 in microseconds
"""

import multiprocessing
import sys
import time

import numpy as np
import pyarrow.plasma as plasma

CLIENTS = (1, 4)
CLIENTS_MAX_SIZE = 1 << 20
WARM_UP = 300
NAMES = {1 << 10: '1 KiB', 1 << 16: '64 KiB', 1 << 20: '1 MiB', 100 << 20: '100 MiB',
         1 << 30: '1 GiB'}


def contains(client, _):
    present = plasma.ObjectID.from_random()
    client.create_and_seal(present, b'x')

    def once(took):
        begin = time.perf_counter_ns()
        client.contains(present)
        took('contains', begin)

    return once


def life(client, size):
    """create and seal, get and release, delete."""

    def once(took):
        object_id = plasma.ObjectID.from_random()
        begin = time.perf_counter_ns()
        buffer = client.create(object_id, size)
        client.seal(object_id)
        took('create+seal', begin)
        del buffer
        begin = time.perf_counter_ns()
        buffers = client.get_buffers([object_id])
        del buffers
        took('get+release', begin)
        begin = time.perf_counter_ns()
        client.delete([object_id])
        took('delete', begin)

    return once


def put(client, size):
    source = np.full(size, 7, dtype='u1')

    def once(took):
        begin = time.perf_counter_ns()
        object_id = client.put_raw_buffer(source)
        took('put', begin)
        client.delete([object_id])

    return once


def memory_copy(_, size):
    source, target = np.full(size, 7, dtype='u1'), np.zeros(size, dtype='u1')

    def once(took):
        begin = time.perf_counter_ns()
        np.copyto(target, source)
        took('memcpy', begin)

    return once


def measure(workload, socket, size, seconds, barrier, results):
    client = plasma.connect(socket)
    once = globals()[workload](client, size)
    samples = {}

    def took(operation, begin):
        samples.setdefault(operation, []).append(time.perf_counter_ns() - begin)

    for _ in range(WARM_UP if size <= 1 << 20 else 2):
        once(took)
    barrier.wait()
    samples.clear()
    begin = time.perf_counter()
    while time.perf_counter() - begin < seconds:
        once(took)
    results.put(samples)


def run(name, workload, socket, size, clients, seconds):
    context = multiprocessing.get_context('spawn')
    barrier, results = context.Barrier(clients), context.Queue()
    processes = [
        context.Process(target=measure,
                        args=(workload, socket, size, seconds, barrier, results))
        for _ in range(clients)]
    for process in processes:
        process.start()
    merged = {}
    for _ in processes:
        for operation, samples in results.get().items():
            merged.setdefault(operation, []).extend(samples)
    for process in processes:
        process.join()
    for operation, samples in merged.items():
        samples.sort()
        # each client is busy with this operation for the sum of its samples
        rate = clients * len(samples) / (sum(samples) / 1e9)
        label = operation if workload == 'contains' else operation + ' ' + NAMES.get(size, size)
        print(name, label, clients, '%.0f op/s' % rate,
              '%.1f' % (samples[len(samples) // 2] / 1e3),
              '%.1f' % (samples[len(samples) * 99 // 100] / 1e3), sep='\t', flush=True)


def main(name, socket, seconds, sizes):
    for clients in CLIENTS:
        run(name, 'contains', socket, 0, clients, seconds)
        for size in sizes:
            if clients == 1 or size <= CLIENTS_MAX_SIZE:
                run(name, 'life', socket, size, clients, seconds)
                run(name, 'put', socket, size, clients, seconds)
    for size in sizes:
        if size >= 1 << 20:
            run(name, 'memory_copy', socket, size, 1, seconds)


if __name__ == '__main__':
    main(sys.argv[1], sys.argv[2], float(sys.argv[3]), [int(size) for size in sys.argv[4:]])
