#!/usr/bin/env bash
# System libraries that no wheel carries: `system.sh run` what the portal needs to run, `system.sh`
# that and what its tests need. As root on Debian or Ubuntu they are installed; elsewhere the exact
# command is printed and the set-up stops.
set -euo pipefail

# No "| grep -q" here: it stops reading at the first match, and under pipefail the broken pipe of
# the program before it would count as "not found".
have_library() {
    [[ $(ldconfig -p 2>/dev/null) == *"$1"* ]] && return
    [[ -n $(find /usr/lib /usr/local/lib /opt/homebrew/lib -name "$1*" -print -quit 2>/dev/null) ]]
}
have_font() { [[ $(fc-list : family 2>/dev/null) == *"Noto Serif CJK"* ]]; }
have_browser() { command -v chromium >/dev/null || command -v google-chrome >/dev/null; }

missing=()
have_library libpango-1.0 || missing+=(libpango-1.0-0)
have_library libpangoft2-1.0 || missing+=(libpangoft2-1.0-0)
have_library libharfbuzz-subset || missing+=(libharfbuzz-subset0)
command -v fc-list >/dev/null || missing+=(fontconfig)
have_font || missing+=(fonts-noto-cjk)
if [ "${1:-}" != run ]; then
    have_browser || missing+=(chromium)
    command -v xgettext >/dev/null || missing+=(gettext)
    command -v pdftoppm >/dev/null || missing+=(poppler-utils)
fi
[ ${#missing[@]} -eq 0 ] && exit 0

install="apt-get install -y --no-install-recommends ${missing[*]}"
if command -v apt-get >/dev/null && [ "$(id -u)" -eq 0 ]; then
    echo "Installing system packages: ${missing[*]}"
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive $install >/dev/null
    exit 0
fi
echo "The portal needs system packages that are missing here: ${missing[*]}" >&2
if command -v apt-get >/dev/null; then
    echo "Install them with:  sudo apt-get update && sudo $install" >&2
else
    echo "On Debian or Ubuntu:  sudo $install" >&2
    echo "On macOS:  brew install pango harfbuzz fontconfig gettext poppler" \
        "&& brew install --cask font-noto-serif-cjk-sc chromium" >&2
fi
exit 1
