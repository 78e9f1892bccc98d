"""nginx that sends one file, already compressed, with the same headers."""

from __future__ import annotations

import os
import shutil

from benchmarks.site import Server, Site, free_port, wait_for_answer

ADVICE = "nginx was left out: it is not installed (apt-get install nginx-light)."
# nginx says these of a file itself.
_OF_A_FILE = frozenset({"content-length", "content-type", "etag"})

_CONFIGURATION = """\
{user}
daemon off;
worker_processes {processes};
pid {folder}/nginx.pid;
error_log {folder}/nginx.log crit;
events {{ worker_connections 1024; }}
http {{
  access_log off;
  sendfile on;
  tcp_nopush on;
  keepalive_requests 100000000;
  open_file_cache max=10 inactive=1h;
  client_body_temp_path {folder}/nginx-body;
  proxy_temp_path {folder}/nginx-proxy;
  fastcgi_temp_path {folder}/nginx-fastcgi;
  scgi_temp_path {folder}/nginx-scgi;
  uwsgi_temp_path {folder}/nginx-uwsgi;
  server {{
    listen 127.0.0.1:{port} backlog=4096;
    location / {{
      root {folder}/nginx;
      try_files /body =404;
      default_type "text/html; charset=utf-8";
{headers}
    }}
  }}
}}
"""


def find_nginx() -> str | None:
    return shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")


def start_nginx(site: Site, headers: list[tuple[str, str]], body: bytes) -> Server:
    """As many processes as the product's web has, and everything it can do about a file."""
    from undersigned.config.env import read_env

    folder = site.data / "nginx"
    folder.mkdir()
    (folder / "body").write_bytes(body)
    port = free_port()
    lines = [
        f'      add_header {name} "{value}";'
        for name, value in headers
        if name.lower() not in _OF_A_FILE
    ]
    configuration = site.data / "nginx.conf"
    configuration.write_text(
        _CONFIGURATION.format(
            user="user root;" if os.geteuid() == 0 else "",
            processes=read_env().web_processes,
            folder=site.data,
            port=port,
            headers="\n".join(lines),
        )
    )
    server = site.start([str(find_nginx()), "-c", str(configuration)], port, {})
    wait_for_answer(server, site.data, "/")
    return server
