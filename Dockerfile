# Build: the client and the server, from the locked dependencies. Pin both images by digest where builds must repeat
# exactly; the tags name the toolchain of rust-toolchain.toml and the Debian it runs on.
FROM rust:1.95-bookworm AS build
WORKDIR /src
COPY . .
RUN rustup target add wasm32-unknown-unknown \
 && cargo xtask client --release \
 && cargo build --release --locked -p server --bin routing-ml

# Run: one binary, the files that the browser loads, and a user who owns nothing but the data.
FROM debian:bookworm-slim
RUN useradd --uid 10001 --home-dir /var/lib/routing-ml --create-home --shell /usr/sbin/nologin routing-ml
COPY --from=build /src/target/release/routing-ml /usr/local/bin/routing-ml
COPY --from=build /src/target/site /usr/local/share/routing-ml/site
ENV ROUTING_ML_DATA_DIR=/var/lib/routing-ml \
    ROUTING_ML_SITE=/usr/local/share/routing-ml/site
USER routing-ml
VOLUME /var/lib/routing-ml
EXPOSE 3000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s --retries=3 CMD ["routing-ml", "healthcheck"]
CMD ["routing-ml", "serve", "--addr", "0.0.0.0:3000"]
