# `allonym serve` in a container; how to run it: docs/serving.md. Everything is installed from wheels: no compiler.
FROM python:3.11-slim AS build
WORKDIR /build
COPY pyproject.toml README.md LICENSE NOTICE ./
COPY src src
RUN python -m venv /opt/allonym \
    && /opt/allonym/bin/pip install --no-cache-dir --disable-pip-version-check --only-binary=:all: .

FROM python:3.11-slim
COPY --from=build /opt/allonym /opt/allonym
# What is kept is in /data: lists, index, keys, cases. It belongs to a user who may do nothing else.
RUN useradd --uid 10001 --no-create-home --home-dir /data --shell /usr/sbin/nologin allonym \
    && install -d -o allonym -g allonym -m 700 /data
ENV PATH=/opt/allonym/bin:$PATH ALLONYM_DATA=/data HOME=/data
USER 10001
VOLUME /data
EXPOSE 8000
# Ready: there is something to search. A first start loads and indexes.
HEALTHCHECK --interval=30s --timeout=5s --start-period=120s \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/readyz', timeout=4)"]
ENTRYPOINT ["allonym"]
# Other machines reach this address: without a key (allonym keys add) the server refuses to start, and says so.
CMD ["serve", "--host", "0.0.0.0"]
