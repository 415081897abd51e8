#!/bin/bash
# Builds PgBouncer from the source package of a later Debian, for a Debian whose own is older than 1.21. Needs root.
# Usage: build-pgbouncer.sh <folder that gets the program>
set -euo pipefail
release=trixie
target=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
apt-get install -y -qq --no-install-recommends gcc libc6-dev make pkg-config libevent-dev libssl-dev
mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' | head -1)
echo "deb-src $mirror $release main" > sources.list
mkdir -p lists/partial
apt_of_release() {
  apt-get -qq -o Dir::Etc::SourceList="$work/sources.list" -o Dir::Etc::SourceParts=- \
    -o Dir::State::Lists="$work/lists" "$@"
}
apt_of_release update
apt_of_release source --download-only pgbouncer
tar -xzf pgbouncer_*.orig.tar.gz
cd pgbouncer-*/
./configure --without-cares --without-pam
make -j2 pgbouncer
install -D pgbouncer "$target/pgbouncer"
