# To build the same image again next year, name the base by its digest: --build-arg BASE=python@sha256:…
ARG BASE=python:3.13-slim-trixie

# Packages are installed in one stage and copied to the next, so the image holds neither pip's cache nor compilers.
FROM ${BASE} AS packages
RUN python -m venv /opt/venv
COPY requirements/base.txt /tmp/base.txt
RUN /opt/venv/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes -r /tmp/base.txt

FROM ${BASE}
# Pango sets the text of the PDFs; the database's client, of the server's number in compose, makes backups.
RUN apt-get update \
    && apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 postgresql-client-17 \
    && rm -rf /var/lib/apt/lists/* \
    && groupadd --gid 10001 modell \
    && useradd --uid 10001 --gid 10001 --create-home --home-dir /home/modell modell \
    && mkdir -p /app /srv/static /var/lib/modell/files \
    && chown -R modell:modell /var/lib/modell
COPY --from=packages /opt/venv /opt/venv
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    MODELL_VAR=/var/lib/modell \
    STATIC_ROOT=/srv/static
WORKDIR /app
COPY . .
# Static files are the image's, not the environment's: made once, with embedded settings and no database.
RUN python manage.py collectstatic --no-input --verbosity=0
USER modell
VOLUME /var/lib/modell
EXPOSE 8000
ENV MODELL_ENV=production PORT=8000
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 CMD ["python", "bin/healthy"]
# Gunicorn listens on 0.0.0.0 and PORT.
CMD ["gunicorn", "modell.wsgi", "--workers=2", "--threads=4", "--no-control-socket"]
