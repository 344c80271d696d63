#!/usr/bin/env python3
"""Counts the words of a folder of text through an HDFS, with the client hdfs-native.

    pip install hdfs-native
    python wordcount_hdfs.py ~/corpus
    python wordcount_hdfs.py ~/corpus --url hdfs://localhost:8020 --workers 4 --top 20

The folder is copied into the HDFS, counted by reading through the client, and once more directly
from disk; the two counts must be equal. What a word is, see wordcount.py.
"""

import argparse
import collections
import functools
import multiprocessing
import os
import sys
import uuid

import hdfs_native

from words import PIECE, compare, count_directly, count_words, in_parallel, local_files, pieces_of


@functools.lru_cache(maxsize=None)
def client_of(url):
    """The client of this process: one process, one client, its connections kept."""
    return hdfs_native.Client(url)


def put_task(url, folder, target, names):
    """Copies some files into the HDFS."""
    size = 0
    options = hdfs_native.WriteOptions(create_parent=True)
    for name in names:
        with open(os.path.join(folder, name), 'rb') as local:
            with client_of(url).create(target + '/' + name, options) as writer:
                for piece in iter(lambda: local.read(PIECE), b''):
                    writer.write(piece)
            size += local.tell()
    return len(names), size, {}


def count_task(url, paths):
    """Counts the words of some files of the HDFS."""
    counter, size = collections.Counter(), 0
    for path, length in paths:
        counter.update(count_words(pieces_of(client_of(url).read(path))))
        size += length
    return len(paths), size, counter


def count_in_hdfs(pool, url, base):
    """Counts the words of all files below a path."""
    listed = client_of(url).list_status(base, recursive=True)
    paths = [(status.path, status.length) for status in listed if not status.isdir]
    return len(paths), in_parallel(pool, 'count', functools.partial(count_task, url), paths)


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.split('\n')[0])
    parser.add_argument('folder', help='folder to put into the HDFS')
    parser.add_argument('--url', default='hdfs://127.0.0.1:8020')
    parser.add_argument('--workers', type=int, default=2)
    parser.add_argument('--top', type=int, default=10, help='how many words to print')
    given = parser.parse_args()
    if not os.path.isdir(given.folder):
        parser.error('no such folder: ' + given.folder)
    return given


def main():
    given = arguments()
    target = '/wordcount-' + uuid.uuid4().hex[:8]
    names = sorted(local_files(given.folder))
    with multiprocessing.get_context('spawn').Pool(given.workers) as pool:
        try:
            put = functools.partial(put_task, given.url, given.folder, target)
            in_parallel(pool, 'put', put, names)
            through_hdfs = count_in_hdfs(pool, given.url, target)
            directly = count_directly(pool, given.folder)
            equal = compare(given.folder, through_hdfs, directly, given.top)
        finally:
            client_of(given.url).delete(target, True)
    return 0 if equal else 1


if __name__ == '__main__':
    sys.exit(main())
