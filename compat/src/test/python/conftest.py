"""What every test of the official client shares: a client, a folder of its own, a mounted folder.

The server is named by ALLUXIO_HOST and ALLUXIO_PORT. Optional: ALLUXIO_REAL=1 when it is a real
Alluxio proxy (tests marked forebay_only are then skipped), ALLUXIO_MEMORY the bytes of its cache
(tests that fill the cache are skipped without it), FOREBAY_SLOW=1 for the tests marked slow.
"""

import os
import signal
import uuid

import alluxio
import pytest
from alluxio import option

from pauses import Pauses
from raw_http import RawHttp

TEST_SECONDS = 180
SLOW_TEST_SECONDS = 900

RESTART_MARKERS = ('before_restart', 'after_restart')


def pytest_configure(config):
    missing = [name for name in ('ALLUXIO_HOST', 'ALLUXIO_PORT') if name not in os.environ]
    if missing:
        pytest.exit('set ' + ' and '.join(missing), returncode=2)


def pytest_collection_modifyitems(config, items):
    skipped = {
        'forebay_only': os.environ.get('ALLUXIO_REAL') == '1',
        'slow': os.environ.get('FOREBAY_SLOW') != '1',
    }
    chosen = config.getoption('markexpr')
    for marker in RESTART_MARKERS:
        skipped[marker] = marker not in chosen
    for item in items:
        for marker, skip in skipped.items():
            if skip and item.get_closest_marker(marker):
                item.add_marker(pytest.mark.skip(reason=marker))
    # the pauses run beside the other tests and are looked at last
    items.sort(key=lambda item: 'pauses' in getattr(item, 'fixturenames', ()))


def pytest_collection_finish(session):
    wanted = any('pauses' in getattr(item, 'fixturenames', ())
                 and not item.get_closest_marker('skip') for item in session.items)
    session.config.pauses = Pauses(new_client) if wanted else None


@pytest.fixture(autouse=True)
def time_limit(request):
    """A server that hangs fails the test that it hangs, not the whole run."""
    slow = request.node.get_closest_marker('slow') or 'pauses' in request.fixturenames
    signal.signal(signal.SIGALRM, expire)
    signal.alarm(SLOW_TEST_SECONDS if slow else TEST_SECONDS)
    yield
    signal.alarm(0)


def expire(*_):
    raise AssertionError('the test took too long')


@pytest.fixture(scope='session')
def pauses(request):
    return request.config.pauses


def new_client():
    return alluxio.Client(os.environ['ALLUXIO_HOST'], int(os.environ['ALLUXIO_PORT']))


@pytest.fixture
def client():
    made = new_client()
    yield made
    made.session.close()


@pytest.fixture
def raw():
    with RawHttp(os.environ['ALLUXIO_HOST'], int(os.environ['ALLUXIO_PORT'])) as connection:
        yield connection


@pytest.fixture
def root(client):
    """A fresh folder that no other test uses, removed afterwards."""
    path = '/t' + uuid.uuid4().hex
    client.create_directory(path)
    yield path
    if client.exists(path):
        client.delete(path, option.Delete(recursive=True))


class Mounted:
    """A local folder and the path it is mounted at."""

    def __init__(self, path, folder):
        self.path = path
        self.folder = folder

    def put(self, name, content):
        """Puts a file into the folder behind the server's back."""
        (self.folder / name).write_bytes(content)

    def entries(self):
        """The names in the folder, but for the one that a real Alluxio keeps there."""
        names = sorted(entry.name for entry in self.folder.iterdir())
        return [name for name in names if name != '.alluxio_ufs_persistence']

    def __truediv__(self, name):
        return self.path + '/' + name


@pytest.fixture
def mount(client, root, tmp_path):
    """Mounts a folder of the test's own at a name; unmounts all in reverse order afterwards."""
    mounts = []

    def mount_at(name='m', folder=None, opt=None):
        folder = folder or tmp_path / name
        folder.mkdir(parents=True, exist_ok=True)
        path = name if name.startswith('/') else root + '/' + name
        client.mount(path, str(folder), opt)
        mounts.append(path)
        return Mounted(path, folder)

    yield mount_at
    for path in reversed(mounts):
        if client.exists(path) and client.get_status(path).mount_point:
            client.unmount(path)


@pytest.fixture
def cache_bytes():
    """The size of the server's cache in bytes, known only when the harness started it."""
    if 'ALLUXIO_MEMORY' not in os.environ:
        pytest.skip('ALLUXIO_MEMORY is not set')
    return int(os.environ['ALLUXIO_MEMORY'])


@pytest.fixture(params=['native', 'mounted'])
def place(request, root, mount):
    """A folder in the root, and a folder in a mounted local folder."""
    return root if request.param == 'native' else mount().path
