# One image for web, worker, beat and the commands; the compose file says which it is.
FROM python:3.11-slim-trixie AS build
WORKDIR /srv/portal
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 UV_LINK_MODE=copy
COPY requirements/setup.txt requirements/base.txt requirements/
RUN python -m venv /srv/venv \
    && /srv/venv/bin/python -m pip install --quiet --require-hashes -r requirements/setup.txt \
    && /srv/venv/bin/uv pip install --quiet --require-hashes --python /srv/venv/bin/python -r requirements/base.txt
COPY manage.py ./
COPY contracts contracts
COPY hitech_cert hitech_cert
COPY incubators incubators
COPY outreach outreach
COPY sme_eval sme_eval
COPY stats stats
COPY zones zones
COPY torch_portal torch_portal
COPY templates templates
COPY static static
COPY locale locale
RUN /srv/venv/bin/pybabel --quiet compile --domain django --directory locale --locale zh_Hans \
    && /srv/venv/bin/python -m compileall -q contracts hitech_cert incubators outreach sme_eval stats zones torch_portal

FROM python:3.11-slim-trixie
RUN apt-get update \
    && apt-get install --yes --no-install-recommends \
        fontconfig fonts-noto-cjk libharfbuzz-subset0 libpango-1.0-0 libpangoft2-1.0-0 \
        postgresql-client-17 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --uid 10001 --create-home torch \
    && install -d -o torch -g torch -m 0750 \
        /srv/var /srv/var/beat /srv/var/static /srv/var/signing /srv/var/mail /srv/media \
        /srv/backups
COPY --from=build /srv/venv /srv/venv
COPY --from=build /srv/portal /srv/portal
WORKDIR /srv/portal
ENV PATH=/srv/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    DJANGO_SETTINGS_MODULE=torch_portal.settings \
    TORCH_VAR=/srv/var \
    STORAGE_URL=/srv/media \
    WEB_CONCURRENCY=3 \
    XDG_CACHE_HOME=/tmp/cache
USER torch
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=10s --start-period=30s --retries=4 \
    CMD ["python", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:8000/healthz', timeout=5)"]
CMD ["gunicorn", "--config", "python:torch_portal.serving", "--bind", "0.0.0.0:8000"]
