# syntax=docker/dockerfile:1

FROM node:20-bookworm-slim AS frontend
WORKDIR /src/frontend
COPY frontend/package.json frontend/package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY frontend/ ./
# Help and examples are the documentation's, the schema reference is made of the schema.
COPY docs/ ../docs/
COPY graph/*.graphql ../graph/
RUN npm run build

FROM golang:1.26-bookworm AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
COPY --from=frontend /src/frontend/dist/ frontend/dist/
ARG VERSION=dev
ARG COMMIT=unknown
RUN CGO_ENABLED=0 go build -trimpath -buildvcs=false \
      -ldflags "-s -w -X main.version=${VERSION} -X main.commit=${COMMIT}" -o /out/guardmdm ./server \
    && mkdir /out/data

# Certificates of authorities, time zones and nothing else: no shell, no package manager.
FROM gcr.io/distroless/static-debian12:nonroot
COPY --from=build /out/guardmdm /usr/local/bin/guardmdm
# A new volume takes over this directory's owner.
COPY --from=build --chown=nonroot:nonroot /out/data /var/lib/guardmdm
USER nonroot:nonroot
ENV GUARDMDM_LISTEN=0.0.0.0:8080 \
    GUARDMDM_DATA_DIR=/var/lib/guardmdm
VOLUME /var/lib/guardmdm
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 CMD ["/usr/local/bin/guardmdm", "health"]
ENTRYPOINT ["/usr/local/bin/guardmdm"]
CMD ["serve"]
