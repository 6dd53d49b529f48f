"""A folium map that opens without internet: Leaflet's files and pictures inside the page."""

from __future__ import annotations

import base64
import html
import json
import re
from collections.abc import Iterator, Sequence
from importlib.resources import files

import folium
from branca.element import Element, Figure
from folium.template import Template

PACKAGE = "xstatic.pkg.leaflet"
LEAFLET = "Leaflet 1.9.3"
# Its licence asks that this text goes wherever the code goes.
LICENCE = """\
Leaflet. Copyright (c) 2010-2022, Volodymyr Agafonkin. Copyright (c) 2010-2011, CloudMade.
All rights reserved.

Redistribution and use in source and binary forms, with or without modification, are permitted
provided that the following conditions are met:

1. Redistributions of source code must retain the above copyright notice, this list of
   conditions and the following disclaimer.
2. Redistributions in binary form must reproduce the above copyright notice, this list of
   conditions and the following disclaimer in the documentation and/or other materials
   provided with the distribution.

THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS AND CONTRIBUTORS "AS IS" AND ANY EXPRESS OR
IMPLIED WARRANTIES, INCLUDING, BUT NOT LIMITED TO, THE IMPLIED WARRANTIES OF MERCHANTABILITY AND
FITNESS FOR A PARTICULAR PURPOSE ARE DISCLAIMED. IN NO EVENT SHALL THE COPYRIGHT HOLDER OR
CONTRIBUTORS BE LIABLE FOR ANY DIRECT, INDIRECT, INCIDENTAL, SPECIAL, EXEMPLARY, OR CONSEQUENTIAL
DAMAGES (INCLUDING, BUT NOT LIMITED TO, PROCUREMENT OF SUBSTITUTE GOODS OR SERVICES; LOSS OF USE,
DATA, OR PROFITS; OR BUSINESS INTERRUPTION) HOWEVER CAUSED AND ON ANY THEORY OF LIABILITY,
WHETHER IN CONTRACT, STRICT LIABILITY, OR TORT (INCLUDING NEGLIGENCE OR OTHERWISE) ARISING IN ANY
WAY OUT OF THE USE OF THIS SOFTWARE, EVEN IF ADVISED OF THE POSSIBILITY OF SUCH DAMAGE."""

Json = str | int | float | bool | None | Sequence["Json"] | dict[str, "Json"]


def leaflet_file(name: str) -> str:
    """Return the text of one of Leaflet's files, with its pictures inside.

    Parameters
    ----------
    name : str
        ``leaflet.js`` or ``leaflet.css``.
    """
    text = files(PACKAGE).joinpath("data", name).read_text(encoding="utf-8")
    text = re.sub(r"url\(images/([^)]+)\)", lambda m: f"url({leaflet_image(m[1])})", text)
    # Development tools would ask for the source map, which does not travel along.
    return re.sub(r"\n//# sourceMappingURL=.*", "", text)


def leaflet_image(name: str) -> str:
    """Return one of Leaflet's pictures as an address that holds it."""
    image = files(PACKAGE).joinpath("data", "images", name).read_bytes()
    return "data:image/png;base64," + base64.b64encode(image).decode("ascii")


def json_in_html(value: Json) -> str:
    r"""Return JSON that cannot end the script block it stands in.

    Only ASCII comes out, so that U+2028 and U+2029 are written as ``\u2028`` and ``\u2029``.
    """
    text = json.dumps(value, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


class Verbatim(Element):
    """Text that is written as it is; branca would read it as a template once more.

    Parameters
    ----------
    text : str
    """

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text

    def render(self, **_kwargs: object) -> str:
        """Return the text."""
        return self.text


class OfflineMap(folium.Map):
    """A folium map without a single file from elsewhere, drawn by a script from data.

    Parameters
    ----------
    style : str
        Style sheet of the page.
    code : str
        JavaScript that defines ``draw(map, data)``.
    data : Json
        What is drawn. Nothing in it is ever read as HTML or as code by this class.
    notice : str
        What stands on the page where scripts are switched off.
    """

    default_js: list[tuple[str, str]] = []  # noqa: RUF012 - folium reads it from the class
    default_css: list[tuple[str, str]] = []  # noqa: RUF012 - as above

    _template = Template(
        """
        {% macro header(this, kwargs) %}
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <style>{{ this.leaflet_css }}</style>
            <style>{{ this.style }}</style>
            <!-- {{ this.licence }} -->
            <script>{{ this.leaflet_js }}</script>
        {% endmacro %}
        {% macro html(this, kwargs) %}
            <noscript>{{ this.notice | e }}</noscript>
            <div class="folium-map" id="{{ this.get_name() }}"></div>
            <script type="application/json" id="{{ this.get_name() }}_data">{{ this.data }}</script>
        {% endmacro %}
        {% macro script(this, kwargs) %}
            {{ this.code }}
            L.Icon.Default.imagePath = "";
            L.Icon.Default.mergeOptions({{ this.icons | tojavascript }});
            var {{ this.get_name() }} = L.map({{ this.get_name() | tojson }}, {
                center: {{ this.location | tojson }},
                crs: L.CRS.{{ this.crs }},
                ...{{ this.options | tojavascript }}
            });
            draw({{ this.get_name() }}, JSON.parse(
                document.getElementById("{{ this.get_name() }}_data").textContent
            ));
        {% endmacro %}
        """
    )

    def __init__(self, *, style: str, code: str, data: Json, notice: str) -> None:
        super().__init__(
            location=(0, 0),
            tiles=None,
            zoom_control=False,
            attribution_control=False,
            zoom_snap=0.25,
            max_zoom=18,
        )
        self.leaflet_css = leaflet_file("leaflet.css")
        self.leaflet_js = leaflet_file("leaflet.js")
        self.licence = LICENCE
        # Every marker asks for these, even one that is drawn otherwise.
        self.icons = {
            "iconUrl": leaflet_image("marker-icon.png"),
            "iconRetinaUrl": leaflet_image("marker-icon-2x.png"),
            "shadowUrl": leaflet_image("marker-shadow.png"),
        }
        self.style = style
        self.code = code
        self.data = json_in_html(data)
        self.notice = notice

    def render(self, **kwargs: object) -> str:
        """Put the parts of the map into the page around it, and its layers after it."""
        page = self.get_root()
        macros = vars(self._template.module)
        for name in ("header", "html", "script"):
            part = Verbatim(macros[name](self, kwargs))
            getattr(page, name).add_child(part, name=self.get_name())
        for layer in self._children.values():
            layer.render(**kwargs)
        return ""


class Page(Figure):
    """The HTML page around a map, with a policy that forbids to load anything.

    Parameters
    ----------
    title, language : str
    image_hosts : sequence of str
        Where pictures may come from all the same; their origins.
    """

    _template = Template(
        """<!DOCTYPE html>
<html lang="{{ this.language }}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{{ this.policy }}">
<title>{{ this.title | e }}</title>
{{ this.header.render(**kwargs) }}
</head>
<body>
{{ this.html.render(**kwargs) }}
<script>
{{ this.script.render(**kwargs) }}
</script>
</body>
</html>
"""
    )

    def __init__(self, title: str, language: str, image_hosts: Sequence[str] = ()) -> None:
        super().__init__(title=title)
        self.language = language
        self.policy = html.escape(
            f"default-src 'none'; img-src {' '.join(('data:', *image_hosts))}; "
            "style-src 'unsafe-inline'; script-src 'unsafe-inline'",
            quote=False,
        )
        # branca's own tag for the encoding: the page has said it already.
        del self.header._children["meta_http"]


def render_page(page: Page, drawing: OfflineMap) -> str:
    """Return the text of a page with a map on it: the same text for the same map."""
    page.add_child(drawing)
    # branca numbers its elements at random.
    for number, element in enumerate(_elements(page)):
        element._id = str(number)
    return page.render()


def _elements(element: Element) -> Iterator[Element]:
    yield element
    for child in element._children.values():
        yield from _elements(child)
