"""What every test of hdfs3 shares: a client of the superuser and an empty folder.

HDFS_HOST and HDFS_PORT name the service, HDFS_SUPERUSER its superuser, WEBHDFS_URL and METRICS_URL
the same node over HTTP, HDFS_CONF a folder of client-config; libhdfs3 is where the system looks.
"""

import os
import signal

import pytest

TEST_SECONDS = 120
SETTINGS = (
    'HDFS_HOST', 'HDFS_PORT', 'HDFS_SUPERUSER', 'WEBHDFS_URL', 'METRICS_URL', 'HDFS_CONF')


def pytest_configure(config):
    missing = [name for name in SETTINGS if name not in os.environ]
    if missing:
        pytest.exit('set ' + ' and '.join(missing), returncode=2)


@pytest.fixture(autouse=True)
def time_limit():
    """A service that hangs fails the test that it hangs, not the whole run."""
    signal.signal(signal.SIGALRM, expire)
    signal.alarm(TEST_SECONDS)
    yield
    signal.alarm(0)


def expire(*_):
    raise AssertionError('the test took too long')


@pytest.fixture(scope='session')
def hdfs():
    """A client of the superuser, which reads over the network."""
    from support import SUPERUSER, connect
    return connect(user=SUPERUSER)


@pytest.fixture
def home(hdfs):
    """A folder of the test's own, gone afterwards."""
    hdfs.mkdir('/home3')
    yield '/home3'
    hdfs.rm('/home3', recursive=True)
