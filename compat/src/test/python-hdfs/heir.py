"""Another client of a file whose writer was killed: ADDRESS PATH.

Fails unless the file is still the dead one's, can be taken from it, has what that one had stored,
and can be continued.
"""

import sys

from hdfs_native import Client

from dying_writer import SYNCED, WRITTEN
from support import content


def main():
    address, path = sys.argv[1:]
    client = Client(address)
    data = content(WRITTEN)
    try:
        client.append(path)
        raise AssertionError('the lease of the dead writer was taken before its time')
    except FileExistsError as error:
        assert 'already being created' in str(error), error
    assert client.recover_lease(path)
    found = client.read(path).read()
    assert SYNCED <= len(found) <= WRITTEN, len(found)
    assert found == data[:len(found)]
    with client.append(path) as writer:
        writer.write(b'more')
    assert client.read(path).read() == found + b'more'
    print('recovered', len(found), 'bytes')


if __name__ == '__main__':
    main()
