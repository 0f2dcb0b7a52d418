"""A real nats-server and a real PostgreSQL from wheels, and the supervisor that keeps them and our programs running."""

from services.embedded.errors import EmbeddedError, HomeInUse, HomeUnusable, NotRunning, ProgramGaveUp, ServerFailed
from services.embedded.home import Home, default_home
from services.embedded.servers import EmbeddedServers, Endpoints, running_endpoints
from services.embedded.supervisor import Program, Restarts, Supervisor

__all__ = [
    "EmbeddedError",
    "EmbeddedServers",
    "Endpoints",
    "Home",
    "HomeInUse",
    "HomeUnusable",
    "NotRunning",
    "Program",
    "ProgramGaveUp",
    "Restarts",
    "ServerFailed",
    "Supervisor",
    "default_home",
    "running_endpoints",
]
