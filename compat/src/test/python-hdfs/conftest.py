"""What every test of hdfs-native shares: clients of one name service and an empty folder.

The name service is named by HDFS_ADDRESS, such as hdfs://127.0.0.1:8020, its superuser by
HDFS_SUPERUSER. Optional: FOREBAY_SLOW=1 for the tests marked slow.
"""

import os
import signal

import pytest

from support import as_user

TEST_SECONDS = 120
SETTINGS = ('HDFS_ADDRESS', 'HDFS_SUPERUSER')


def pytest_configure(config):
    missing = [name for name in SETTINGS if name not in os.environ]
    if missing:
        pytest.exit('set ' + ' and '.join(missing), returncode=2)


def pytest_collection_modifyitems(items):
    for item in items:
        if item.get_closest_marker('slow') and os.environ.get('FOREBAY_SLOW') != '1':
            item.add_marker(pytest.mark.skip(reason='slow'))


@pytest.fixture(autouse=True)
def time_limit():
    """A service that hangs fails the test that it hangs, not the whole run."""
    signal.signal(signal.SIGALRM, expire)
    signal.alarm(TEST_SECONDS)
    yield
    signal.alarm(0)


def expire(*_):
    raise AssertionError('the test took too long')


@pytest.fixture
def client():
    """A client of the superuser."""
    return as_user(os.environ['HDFS_SUPERUSER'])


@pytest.fixture
def home(client):
    """A folder of the test's own, gone afterwards."""
    client.mkdirs('/home', create_parent=True)
    yield '/home'
    assert client.delete('/home', True)
