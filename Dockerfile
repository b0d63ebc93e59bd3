# Chamra with all that it needs, set up as on any Debian machine. Nothing is fetched when it runs.
#
#   docker build -t chamra .
#   docker run --rm -v "$PWD:/data" chamra digitise /data/scan.pdf -w /data/work
FROM debian:13-slim

RUN useradd --create-home --uid 1000 chamra && mkdir -p /data /home/chamra/prefect \
    && chown chamra: /data /home/chamra/prefect
COPY . /opt/chamra
# The set-up checks every package against the hash of the lock file; certificates are to be today's.
# hadolint ignore=DL3008
RUN apt-get update -q \
    && apt-get install -q -y --no-install-recommends ca-certificates \
    && /opt/chamra/bin/setup \
    && ln -s /opt/chamra/.venv/bin/chamra /usr/local/bin/chamra \
    && python3 -m compileall -q /opt/chamra/.venv/lib \
    && rm -rf /var/lib/apt/lists/* /root/.cache

USER 1000
WORKDIR /data
ENTRYPOINT ["chamra"]
CMD ["--help"]
