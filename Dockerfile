# syntax=docker/dockerfile:1
# One binary on a bare Debian, run by nobody in particular.

FROM node:20.20.0-bookworm-slim AS page
WORKDIR /src
COPY package.json package-lock.json tsconfig.base.json ./
COPY frontend-contract frontend-contract
COPY web web
# Only what the page is made of: the other workspaces stay out.
RUN --mount=type=cache,target=/npm \
    npm ci --cache /npm --no-audit --no-fund --workspace @credits/web --workspace @credits/contract --include-workspace-root \
    && npm run build --workspace @credits/web

FROM rust:1.95.0-bookworm AS build
WORKDIR /src
COPY . .
# Static files that the binary embeds.
COPY --from=page /src/web/dist web/dist
# Both caches outlive the layer: a change of ours recompiles our crates and not the four hundred below them.
RUN --mount=type=cache,target=/usr/local/cargo/registry \
    --mount=type=cache,target=/src/target \
    cargo build --release --locked --bin credits \
    && install -D target/release/credits /out/credits \
    && install -d /out/data

FROM debian:bookworm-slim
COPY --from=build /out/credits /usr/local/bin/credits
# A new volume takes its owner from here. SQLite, the sandbox's state and its secrets live in it.
COPY --from=build --chown=65532:65532 /out/data /data

# Inside a container the outside is every address but loopback; what is published is the host's decision.
ENV CREDITS_DATA_DIR=/data \
    CREDITS_LISTEN=0.0.0.0:8080 \
    CREDITS_SANDBOX_LISTEN=0.0.0.0:8081 \
    CREDITS_METRICS_LISTEN=0.0.0.0:9464
EXPOSE 8080 8081 9464
VOLUME /data
USER 65532:65532

HEALTHCHECK --interval=10s --timeout=3s --start-period=20s --retries=3 CMD ["credits", "health"]
ENTRYPOINT ["credits"]
CMD ["serve"]
