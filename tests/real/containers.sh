#!/bin/bash
# Images of Debian with a Python environment, laid out as its README says: each works, and is as large
# as doc/containers.md says.
#
#     tests/real/containers.sh [--write]
#
# --write puts what was measured into the document instead (`make container-sizes`).
# shellcheck disable=SC2016 # what stands in single quotes is for the shells inside, or Markdown
set -eu
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source-path=SCRIPTDIR source=lib.sh
. "$here/lib.sh"
# shellcheck source-path=SCRIPTDIR source=images.sh
. "$here/images.sh"
# shellcheck source-path=SCRIPTDIR source=tables.sh
. "$here/tables.sh"
own_namespace "$@"
how=${1:-check}
how=${how#--}

# What README says. Here it is typed in other situations than in readme-commands.txt, and measured.
make_venv='python3 -m venv /opt/venv'
env_path='PATH="/opt/venv/bin:$PATH"'
pip_install='pip install requests'
site_packages='python3 -m venv --system-site-packages'
sudo_full='sudo /opt/venv/bin/python app.py'
sudo_path='sudo env "PATH=$PATH" python app.py'
any_user_installs='chgrp -R 0 /opt/venv && chmod -R g=u /opt/venv'
without_pip='python3 -m venv --without-pip /opt/venv'
outer_pip='pip --python /opt/venv/bin/python install requests'
variable=VIRTUAL_ENV=/opt/venv
exclude_file=/etc/dpkg/dpkg.cfg.d/externally-managed
exclude_line='path-exclude=/usr/lib/python3*/EXTERNALLY-MANAGED'
# with_search_path: what the ENV line does to all that follows.
with_search_path() { search=$(PATH=$usual && eval "$env_path" && printf %s "$PATH"); }

# --- what the images are made from ---

start_images
from base
"$EXTERNALLY_MANAGED" render readme --profile debian --python 3.13 >"$work/readme"
for line in "RUN $make_venv" "ENV $env_path" "RUN $pip_install" "$ $site_packages .venv" "$ $sudo_full" "$ $sudo_path" \
    "$ $any_user_installs" "$ $without_pip" "$ $outer_pip" "$variable" "$exclude_file" "$exclude_line"; do
    check "README says: $line" grep -qxF -e "    $line" "$work/readme"
done
inside pip download --quiet --dest /wheels requests cowsay uv >"$work/log" 2>&1 || {
    cat "$work/log"
    die 'could not get the wheels'
}
# apt can go on trusting a mirror once the package with the certificates is gone.
cp "$root/etc/ssl/certs/ca-certificates.crt" "$images/wheels/"
echo 'Acquire::https::CAInfo "/wheels/ca-certificates.crt";' >"$root/etc/apt/apt.conf.d/99certificates"
# What is left is what mmdebstrap --variant=minbase makes.
inside apt-get -qq -y purge --auto-remove python3-pip python3 python3-minimal ca-certificates locales \
    >"$work/log" 2>&1 || { cat "$work/log" && die 'could not remove Python'; }
[ -z "$(find "$root/usr/lib" -maxdepth 1 -name 'python*')" ] || die 'there still is a Python'
echo 'import requests; print(requests.__file__)' >"$root/srv/app.py"
keep bare
bare=$(image_bytes)

# --- Python alone, and packages from Debian ---

add python3
mark "$root"
keep python
image_row '`python3` alone, without requests'

add python3-requests
image_row '`python3-requests`, no environment'
works 'requests from Debian' 'python3 app.py | grep -x /usr/lib/python3/dist-packages/requests/__init__.py'

# stage ENVIRONMENT [DIRECTORY]: into this image, the one that another build stage has made.
stage() { cp -a "$images/$1" "$root${2:-/opt/venv}"; }

# --- an environment at a fixed path, in the search path ---

from python
add python3-venv
keep venv
image_row '`python3-venv` alone, without requests'
must "$make_venv"
environment_row 'empty' /opt/venv
with_search_path
must "$pip_install"
environment_row 'with requests' /opt/venv
image_row '`python3-venv`, environment with requests'
cp -a "$root/opt/venv" "$images/with-pip"
works 'fixed path: python in the search path is that of the environment' \
    'python app.py | grep ^/opt/venv/lib/python3.13/site-packages/'
works 'fixed path: so are the commands' 'normalizer --version'

works 'inner environment: made by the Python of another' \
    'python -m venv /opt/inner && /opt/inner/bin/pip install cowsay && /opt/inner/bin/cowsay -t hi'
works 'inner environment: sees no package of the other' \
    '/opt/inner/bin/python -c "import cowsay" && ! /opt/inner/bin/python app.py'
works 'inner environment: does not need the other' \
    'rm -r /opt/venv && /opt/inner/bin/pip --version && /opt/inner/bin/cowsay -t hi'

from venv
stage with-pip
must '/opt/venv/bin/pip uninstall --yes pip'
environment_row 'with requests, pip removed afterwards' /opt/venv
image_row '`python3-venv`, environment with requests, pip removed from it'
works 'pip removed: the environment works' '/opt/venv/bin/python app.py && /opt/venv/bin/normalizer --version'

from venv
add python3-requests
must "$site_packages /opt/venv"
image_row '`python3-venv` and `python3-requests`, environment with `--system-site-packages`'
works '--system-site-packages: the package from Debian is used' \
    '/opt/venv/bin/python app.py | grep -x /usr/lib/python3/dist-packages/requests/__init__.py'
works '--system-site-packages: and not installed a second time' \
    "/opt/venv/bin/$pip_install | grep 'already satisfied: requests in /usr/lib'"
works '--system-site-packages: an upgrade goes into the environment' \
    '/opt/venv/bin/pip install --upgrade requests && /opt/venv/bin/python app.py | grep ^/opt/venv/'
works '--system-site-packages: and not into the system' 'python3 app.py | grep ^/usr/lib/python3/'

# --- arbitrary users ---

from venv
stage with-pip
with_search_path
by_anybody works 'arbitrary user: an environment of root runs' 'test "$(id -u):$(id -g)" = 1000690000:0 && python app.py'
by_anybody fails 'arbitrary user: cannot install into it' 1 'Permission denied' 'pip install cowsay'
must "$any_user_installs"
by_anybody works 'arbitrary user: can install where its group may write' 'pip install cowsay && cowsay -t hi'

# --- a pip outside of the environment ---

from python
add python3-pip
keep pip
image_row '`python3-pip` alone, without requests'
refused 'without an environment, pip refuses' "$pip_install"
must "$without_pip"
environment_row 'empty, `--without-pip`' /opt/venv
must "$outer_pip"
environment_row 'with requests, `--without-pip`' /opt/venv
image_row '`python3-pip`, environment with requests, `--without-pip`'
cp -a "$root/opt/venv" "$images/without-pip"
works '--without-pip: the environment works' '/opt/venv/bin/python app.py && test ! -e /opt/venv/bin/pip'
refused '--without-pip: the system is still protected' "$pip_install"
must "rm -r /opt/venv && $without_pip && ${outer_pip/install/install --no-compile}"
environment_row 'with requests, `--without-pip`, installed with `--no-compile`' /opt/venv

from pip
must 'pip install --target /srv/uv uv'
must "/srv/uv/bin/uv venv /opt/venv && $variable /srv/uv/bin/uv pip install requests"
environment_row 'with requests, made by `uv venv` and `uv pip`' /opt/venv
works 'uv: the environment works' '/opt/venv/bin/python app.py'

# --- a multi-stage build ---

from python
stage without-pip
image_row '`python3`, environment with requests, `--without-pip`, copied from another build stage'
works 'multi-stage: at the same path, an environment without pip works' \
    '/opt/venv/bin/python app.py && /opt/venv/bin/normalizer --version'
from python
stage with-pip
image_row '`python3`, environment with requests, copied from another build stage'
works 'multi-stage: at the same path, all of an environment works' \
    '/opt/venv/bin/python app.py && /opt/venv/bin/normalizer --version && /opt/venv/bin/pip --version'
# What an environment of another version looks like to this Python.
must 'mv /opt/venv/lib/python3.13 /opt/venv/lib/python3.12'
fails 'multi-stage: not with another version of Python' 1 'No module named' '/opt/venv/bin/python app.py'
from python
stage with-pip /opt/other
works 'multi-stage: at another path, its Python works' '/opt/other/bin/python app.py'
fails 'multi-stage: but no command' 127 'not found' '/opt/other/bin/normalizer --version'

# --- both pips; sudo ---

from pip
add python3-venv
stage with-pip
image_row '`python3-pip` and `python3-venv`, environment with requests'
add sudo
with_search_path
fails 'sudo does not keep the search path' 1 'python: command not found' 'sudo python app.py'
fails 'sudo -i does not' 127 'python: command not found' 'sudo -i python /srv/app.py'
fails 'su - does not' 127 'python: command not found' 'su - root -c "python /srv/app.py"'
fails 'a login shell does not' 127 'python: command not found' 'bash -l -c "python app.py"'
refused 'so that sudo finds the pip of the system' "sudo $pip_install"
refused 'and sudo -i' "sudo -i $pip_install"
works "$sudo_full" "$sudo_full"
works "${sudo_full/sudo/sudo -i}" "sudo -i /opt/venv/bin/python /srv/app.py"
works "$sudo_path" "$sudo_path"

# --- no environment: the check overridden, removed, left out ---

from pip
must "${pip_install/install/install --break-system-packages}"
environment_row 'none, requests in `/usr/local`' /usr/local/lib/python3.13/dist-packages
image_row '`python3-pip`, no environment, the refusal overridden'
works 'override: the Python of the system has it' 'python3 app.py | grep ^/usr/local/lib/python3.13/dist-packages/'

from pip
must 'rm /usr/lib/python3.13/EXTERNALLY-MANAGED'
works 'marker removed: pip installs' "$pip_install"
add --reinstall libpython3.13-stdlib
check 'marker removed: it is back with its package' test -e "$root/usr/lib/python3.13/EXTERNALLY-MANAGED"

from bare
echo "$exclude_line" >"$root$exclude_file"
add python3-pip
must "$pip_install"
image_row '`python3-pip`, no environment, the marker left out'
works 'marker left out: pip installs' 'python3 app.py'

# --- more than it takes ---

from python
add python3-full
image_row '`python3-full` alone, without requests'
stage with-pip
image_row '`python3-full`, environment with requests'

# --- the tables ---

# README says so without a figure.
check 'most of a new environment is its copy of pip' awk -F '\t' '
    $1 == "empty" { with = $2 } $1 ~ /^empty, / { without = $2 } END { exit !(without < with / 2) }' "$images/environments"

for table in environments images; do
    say "$(sed 's/\t/: /' "$images/$table")"
    table "$how" doc/containers.md "$table" "$images/$table"
done

finish
