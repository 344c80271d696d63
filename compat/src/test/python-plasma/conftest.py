"""What every test of pyarrow's Plasma client shares: clients of one store, empty before each test.

The store is named by PLASMA_SOCKET, its memory by PLASMA_CAPACITY in bytes, its process by
PLASMA_PID. Optional: PLASMA_REAL=1 when it is the genuine plasma_store of the wheel (tests marked
forebay_only are then skipped), FOREBAY_SLOW=1 for the tests marked slow.
"""

import os
import signal

import pyarrow.plasma as plasma
import pytest

from support import eventually

TEST_SECONDS = 60
SLOW_TEST_SECONDS = 600
SETTINGS = ('PLASMA_SOCKET', 'PLASMA_CAPACITY', 'PLASMA_PID')


def pytest_configure(config):
    missing = [name for name in SETTINGS if name not in os.environ]
    if missing:
        pytest.exit('set ' + ' and '.join(missing), returncode=2)


def pytest_collection_modifyitems(items):
    skipped = {
        'forebay_only': os.environ.get('PLASMA_REAL') == '1',
        'slow': os.environ.get('FOREBAY_SLOW') != '1',
    }
    for item in items:
        for marker, skip in skipped.items():
            if skip and item.get_closest_marker(marker):
                item.add_marker(pytest.mark.skip(reason=marker))


@pytest.fixture(autouse=True)
def time_limit(request):
    """A store that hangs fails the test that it hangs, not the whole run."""
    slow = request.node.get_closest_marker('slow')
    signal.signal(signal.SIGALRM, expire)
    signal.alarm(SLOW_TEST_SECONDS if slow else TEST_SECONDS)
    yield
    signal.alarm(0)


def expire(*_):
    raise AssertionError('the test took too long')


@pytest.fixture(scope='session')
def socket_path():
    return os.environ['PLASMA_SOCKET']


@pytest.fixture(scope='session')
def capacity():
    return int(os.environ['PLASMA_CAPACITY'])


@pytest.fixture(scope='session')
def store_pid():
    return int(os.environ['PLASMA_PID'])


@pytest.fixture
def connect(socket_path, capacity):
    """Makes clients; the store is empty again after the test, or the test fails."""
    made = []

    def new_client():
        made.append(plasma.connect(socket_path))
        return made[-1]

    yield new_client
    for client in made:
        client.disconnect()
    last = plasma.connect(socket_path)
    eventually(lambda: emptied(last, capacity))
    last.disconnect()


def emptied(client, capacity):
    client.evict(capacity)
    return not client.list()


@pytest.fixture
def client(connect):
    return connect()


@pytest.fixture
def other(connect):
    """A second client, as another program would be."""
    return connect()
