#!/usr/bin/env python3
"""Counts the words of a folder of text through Forebay, with the official Alluxio client.

    pip install alluxio==0.1.4
    python wordcount.py ~/corpus                        puts the folder in, then counts
    python wordcount.py ~/corpus --mount ~/more-text    counts a mounted folder as well
    python wordcount.py ~/corpus --workers 4 --top 20

The folder given first is copied into the node; the one given with --mount stays where it is and
appears in the node's namespace. Both are counted by reading through the client, and once more
directly from disk; the two counts must be equal. Files are taken as bytes, since real folders
hold text in many encodings: a word is a run of ASCII letters, digits and underscores, in lower
case, or of bytes above 127.
"""

import argparse
import collections
import functools
import multiprocessing
import os
import sys
import urllib.parse
import uuid

import alluxio
from alluxio import option, wire

from words import compare, count_directly, count_words, in_parallel, local_files, pieces_of

@functools.lru_cache(maxsize=None)
def client_of(address):
    """The client of this process: one process, one client, its connections kept."""
    return alluxio.Client(*address)


def put_task(address, folder, target, names):
    """Copies some files into the node."""
    opt = option.CreateFile(recursive=True, write_type=wire.WRITE_TYPE_CACHE_THROUGH)
    size = 0
    for name in names:
        path = target + '/' + urllib.parse.quote(name)
        with open(os.path.join(folder, name), 'rb') as local:
            with client_of(address).open(path, 'w', opt) as writer:
                size += writer.write(local)
    return len(names), size, {}


def count_task(address, paths):
    """Counts the words of some files of the node."""
    counter, size = collections.Counter(), 0
    for path, length in paths:
        with client_of(address).open(urllib.parse.quote(path), 'r') as reader:
            counter.update(count_words(pieces_of(reader)))
        size += length
    return len(paths), size, counter


def put(pool, address, folder, target):
    """Copies a folder into the node."""
    names = sorted(local_files(folder))
    client_of(address).create_directory(target, option.CreateDirectory(recursive=True))
    in_parallel(pool, 'put', functools.partial(put_task, address, folder, target), names)


def count_in_node(pool, address, base):
    """Counts the words of all files below a path of the node."""
    listed = client_of(address).list_status(base, option.ListStatus(
        recursive=True, load_metadata_type=wire.LOAD_METADATA_TYPE_ALWAYS))
    paths = [(status.path, status.length) for status in listed if not status.folder]
    return len(paths), in_parallel(pool, 'count', functools.partial(count_task, address), paths)


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.split('\n')[0])
    parser.add_argument('folder', help='folder to put into the node')
    parser.add_argument('--mount', metavar='FOLDER', help='folder to mount and count as well')
    parser.add_argument('--host', default='127.0.0.1')
    parser.add_argument('--port', type=int, default=39999)
    parser.add_argument('--target', help='path of the node to use, removed at the end unless '
                        '--keep is given; default a fresh one')
    parser.add_argument('--workers', type=int, default=2)
    parser.add_argument('--top', type=int, default=10, help='how many words to print')
    parser.add_argument('--keep', action='store_true', help='leave everything in the node')
    given = parser.parse_args()
    for folder in filter(None, (given.folder, given.mount)):
        if not os.path.isdir(folder):
            parser.error('no such folder: ' + folder)
    return given


def run(pool, address, given, target):
    """Puts, mounts, counts, compares; returns whether all counts were equal."""
    equal = True
    sources = [(given.folder, target + '/put')]
    put(pool, address, given.folder, target + '/put')
    if given.mount:
        sources.append((given.mount, target + '/mounted'))
        client_of(address).mount(target + '/mounted', os.path.abspath(given.mount),
                                 option.Mount(read_only=True))
    for folder, path in sources:
        through_node = count_in_node(pool, address, path)
        directly = count_directly(pool, folder)
        title = path + ' (' + folder + ')'
        equal = compare(title, through_node, directly, given.top) and equal
    return equal


def clean_up(client, target):
    if client.exists(target + '/mounted'):
        client.unmount(target + '/mounted')
    if client.exists(target):
        client.delete(target, option.Delete(recursive=True))


def main():
    given = arguments()
    address = (given.host, given.port)
    target = given.target or '/wordcount-' + uuid.uuid4().hex[:8]
    # processes, since counting is bound by the interpreter; spawned, so that none shares a socket
    with multiprocessing.get_context('spawn').Pool(given.workers) as pool:
        try:
            equal = run(pool, address, given, target)
        finally:
            if not given.keep:
                clean_up(client_of(address), target)
    return 0 if equal else 1


if __name__ == '__main__':
    sys.exit(main())
