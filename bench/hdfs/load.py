"""The same load on an HDFS, whichever it is, by the client hdfs-native; one row of figures for each operation.

usage: load.py NAME URL SECONDS MEGABYTES CLIENTS...
Each operation is run by one client for a while first, so that both systems are measured as they run, not as they start.
rows: NAME, operation, clients, rate with its unit, p50 and p99 in microseconds (- for bandwidth)
"""

import multiprocessing
import os
import sys
import time

import hdfs_native

PIECE = 8 << 20
WARM_UP_SECONDS = 8
ENTRIES = 100
OVERWRITE = hdfs_native.WriteOptions(overwrite=True)


def put(client, path, content):
    with client.create(path, OVERWRITE) as target:
        if content:
            target.write(content)


class Names:
    """Calls on names, each on files of this client's own."""

    def __init__(self, client, folder):
        self.client, self.folder, self.count = client, folder, 0
        client.mkdirs(folder + '/hundred', 0o755, True)
        for i in range(ENTRIES):
            put(client, f'{folder}/hundred/{i}', b'')

    def fresh(self):
        self.count += 1
        return f'{self.folder}/{self.count}'

    def create(self, content):
        path = self.fresh()
        return lambda: put(self.client, path, content)

    def create_empty(self):
        return self.create(b'')

    def create_4_kib(self):
        return self.create(b'x' * 4096)

    def stat(self):
        return lambda: self.client.get_file_info(self.folder + '/hundred/7')

    def list_100(self):
        return lambda: list(self.client.list_status(self.folder + '/hundred'))

    def rename(self):
        self.count += 1
        ends = f'{self.folder}/hundred/8', f'{self.folder}/hundred/moved'
        source, target = ends if self.count % 2 else ends[::-1]
        return lambda: self.client.rename(source, target, False)

    def delete(self):
        path = self.fresh()
        put(self.client, path, b'')
        return lambda: self.client.delete(path, False)

    def read_4_kib_at_random(self):
        length = 64 << 20
        path = self.folder + '/large'
        try:
            self.client.get_file_info(path)
        except FileNotFoundError:
            put(self.client, path, os.urandom(length))
        reader = self.client.read(path)
        at = int.from_bytes(os.urandom(4), 'big') % (length - 4096)
        return lambda: reader.read_range(at, 4096)


OPERATIONS = ('create_empty', 'create_4_kib', 'stat', 'list_100', 'rename', 'delete',
              'read_4_kib_at_random')


def names(url, folder, operation, seconds, barrier, results):
    work = Names(hdfs_native.Client(url), folder)
    make = getattr(work, operation)
    for _ in range(20):
        make()()
    barrier.wait()
    samples, end = [], time.perf_counter() + seconds
    while time.perf_counter() < end:
        call = make()
        begin = time.perf_counter_ns()
        call()
        samples.append((time.perf_counter_ns() - begin) / 1000)
    results.put(samples)


def write(client, path, length):
    piece = os.urandom(PIECE)
    with client.create(path, OVERWRITE) as target:
        for _ in range(length // PIECE):
            target.write(piece)


def read(client, path, length):
    source = client.read(path)
    while length > 0:
        length -= len(source.read(PIECE))


def bulk(url, folder, operation, length, barrier, results):
    client = hdfs_native.Client(url)
    client.mkdirs(folder, 0o755, True)
    if operation == 'read':
        write(client, folder + '/bulk', length)
        read(client, folder + '/bulk', length)
    barrier.wait()
    begin = time.perf_counter()
    globals()[operation](client, folder + '/bulk', length)
    results.put([time.perf_counter() - begin])


def run(target, url, operation, amount, clients, place):
    barrier, results = multiprocessing.Barrier(clients), multiprocessing.SimpleQueue()
    workers = [multiprocessing.Process(
        target=target, args=(url, f'/bench/{place}/{operation}{i}', operation, amount, barrier, results))
        for i in range(clients)]
    for worker in workers:
        worker.start()
    samples = [results.get() for _ in workers]
    for worker in workers:
        worker.join()
    return samples


def main(name, url, seconds, megabytes, clients):
    for operation in OPERATIONS:
        run(names, url, operation, WARM_UP_SECONDS, 1, 'warm-up')
    for operation in ('write', 'read'):
        run(bulk, url, operation, megabytes << 20, 1, 'warm-up')
    for count in clients:
        for operation in OPERATIONS:
            samples = sorted(s for each in run(names, url, operation, seconds, count, count) for s in each)
            # the time between calls, such as making what is to be deleted, is not counted
            rate = count * len(samples) / (sum(samples) / 1e6)
            p50, p99 = samples[len(samples) // 2], samples[len(samples) * 99 // 100]
            print(name, operation, count, f'{rate:.0f} op/s', f'{p50:.0f}', f'{p99:.0f}',
                  sep='\t', flush=True)
        if count <= 4:
            for operation in ('write', 'read'):
                took = max(s for each in run(bulk, url, operation, megabytes << 20, count, count)
                           for s in each)
                print(name, f'{operation} {megabytes} MiB', count,
                      f'{count * megabytes / took:.0f} MiB/s', '-', '-', sep='\t', flush=True)


if __name__ == '__main__':
    multiprocessing.set_start_method('spawn')
    main(sys.argv[1], sys.argv[2], float(sys.argv[3]), int(sys.argv[4]),
         [int(count) for count in sys.argv[5:]])
