#!/usr/bin/env bash
# Installs the real peers that @peer scenarios and some tests run against, from Debian packages. Never fails: what cannot be
# installed (offline, not root, not Debian) is named, and what needs it is skipped with that reason.
#   sip-tester              sipp: SIP client and server
#   tshark                  decodes captures independently of this project's codecs
#   freediameterd           a Diameter node of another make, with freediameter-extensions (dictionaries of 3GPP)
#   nginx-light             nginx: an HTTP proxy of another make
#   postgresql              a store that several instances of mcsystem share; tests start a cluster of their own
#   kamailio                a SIP server of another make; with kamailio-ims-modules an S-CSCF, which needs kamailio-presence-modules
#   chromium                opens the report as a reader does
packages=(
  sip-tester tshark freediameterd freediameter-extensions nginx-light postgresql
  kamailio kamailio-ims-modules kamailio-presence-modules chromium)
export DEBIAN_FRONTEND=noninteractive

missing=()
for package in "${packages[@]}"; do
  [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || missing+=("$package")
done
if [ ${#missing[@]} -eq 0 ]; then
  echo "peers: all installed"
  exit 0
fi

run=()
if [ "$(id -u)" -ne 0 ]; then
  if sudo -n true 2>/dev/null; then run=(sudo -n --preserve-env=DEBIAN_FRONTEND)
  else echo "peers: not root, so not installed: ${missing[*]}"; exit 0
  fi
fi
if ! command -v apt-get >/dev/null; then
  echo "peers: no apt-get, so not installed: ${missing[*]}"
  exit 0
fi
timeout 60 "${run[@]}" apt-get update -qq </dev/null >/dev/null 2>&1
for package in "${missing[@]}"; do
  # a service would take the ports of its protocol; tests start their own
  if timeout 180 "${run[@]}" env RUNLEVEL=1 apt-get install -y -qq --no-install-recommends "$package" </dev/null >/dev/null 2>&1
  then echo "peers: installed $package"
  else echo "peers: could not install $package"
  fi
done
exit 0
