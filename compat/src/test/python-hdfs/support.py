"""Short forms of what most tests do through the client."""

import os
import random

from hdfs_native import Client, WriteOptions

KIB = 1024
MIB = 1024 * 1024

# around chunks of 512, packets of 64 KiB, and what is kept beside the name
SIZES = [0, 1, 511, 512, 513, 64 * KIB - 1, 64 * KIB, 64 * KIB + 1, 3_000_001]


# A client that goes takes connections with it that others of the process use.
kept = []


def as_user(user):
    """A client of a user; the name is taken when the client is made."""
    os.environ['HADOOP_USER_NAME'] = user
    client = Client(os.environ['HDFS_ADDRESS'])
    client.get_file_info('/')
    kept.append(client)
    return client


def content(size, seed=1):
    """The same bytes for the same size and seed."""
    return random.Random(seed).randbytes(size)


def write(client, path, data=b'data', **options):
    """Creates a file; returns its path."""
    with client.create(path, WriteOptions(**options)) as writer:
        assert writer.write(data) == len(data)
    return path


def read(client, path):
    with client.read(path) as reader:
        return reader.read()


def names(statuses):
    return [status.path.rsplit('/', 1)[1] for status in statuses]
