"""A client that is to be killed: ADDRESS PATH.

Writes 1.5 MiB of the bytes that support.content gives, has them stored, says so, and goes on
writing without having more stored until it is killed.
"""

import sys
import time

from hdfs_native import Client, WriteOptions

from support import KIB, MIB, content

SYNCED = 1536 * KIB
WRITTEN = 2 * MIB


def main():
    address, path = sys.argv[1:]
    data = content(WRITTEN)
    writer = Client(address).create(path, WriteOptions(block_size=MIB))
    writer.write(data[:SYNCED])
    writer.hsync()
    writer.write(data[SYNCED:])
    print('synced', flush=True)
    time.sleep(600)


if __name__ == '__main__':
    main()
