"""A query service like Wikimedia's, over items in the dump's form, on this machine.

The items become RDF as Wikibase writes it (years with a year 0, Julian days converted to the
Gregorian calendar), rdflib answers the questions, and the manners are Wikimedia's: 403 without a
true User-Agent, 429 with Retry-After, answers that end in the middle.
"""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, quote

from rdflib import RDF, RDFS, SKOS, BNode, Graph, Literal, Namespace, URIRef

from hodie.dates import HistoricalDate

WD = Namespace("http://www.wikidata.org/entity/")
P = Namespace("http://www.wikidata.org/prop/")
PS = Namespace("http://www.wikidata.org/prop/statement/")
PSV = Namespace("http://www.wikidata.org/prop/statement/value/")
PQ = Namespace("http://www.wikidata.org/prop/qualifier/")
PQV = Namespace("http://www.wikidata.org/prop/qualifier/value/")
WDT = Namespace("http://www.wikidata.org/prop/direct/")
WDNO = Namespace("http://www.wikidata.org/prop/novalue/")
WIKIBASE = Namespace("http://wikiba.se/ontology#")
SCHEMA = Namespace("http://schema.org/")
POINT = URIRef("http://www.opengis.net/ont/geosparql#wktLiteral")
FILE = "http://commons.wikimedia.org/wiki/Special:FilePath/"


def graph_of(entities: list[dict]) -> Graph:
    """Write items as Wikibase's RDF."""
    graph = Graph()
    for entity in entities:
        _terms(graph, entity)
        for property, statements in entity["claims"].items():
            for place, statement in enumerate(statements):
                _statement(graph, entity["id"], property, statement, place)
    return graph


def _terms(graph: Graph, entity: dict) -> None:
    item = WD[entity["id"]]
    for label in entity["labels"].values():
        graph.add((item, RDFS.label, Literal(label["value"], lang=label["language"])))
    for words in entity["descriptions"].values():
        graph.add((item, SCHEMA.description, Literal(words["value"], lang=words["language"])))
    for alias in (alias for group in entity["aliases"].values() for alias in group):
        graph.add((item, SKOS.altLabel, Literal(alias["value"], lang=alias["language"])))
    graph.add((item, WIKIBASE.sitelinks, Literal(len(entity.get("sitelinks") or {}))))
    for site, link in (entity.get("sitelinks") or {}).items():
        if site.endswith("wiki") and len(site) < 8:
            home = f"https://{site[:-4]}.wikipedia.org/"
            article = URIRef(home + "wiki/" + quote(link["title"]))
            graph.add((article, SCHEMA.about, item))
            graph.add((article, SCHEMA.isPartOf, URIRef(home)))
            graph.add((article, SCHEMA.name, Literal(link["title"], lang=site[:-4])))


def _statement(graph: Graph, id: str, property: str, statement: dict, place: int) -> None:
    node = URIRef(f"http://www.wikidata.org/entity/statement/{id}-{property}-{place}")
    graph.add((WD[id], P[property], node))
    rank = {"normal": "NormalRank", "preferred": "PreferredRank", "deprecated": "DeprecatedRank"}
    graph.add((node, WIKIBASE.rank, WIKIBASE[rank[statement["rank"]]]))
    _snak(graph, node, statement["mainsnak"], property, PS, PSV)
    for qualifier, snaks in statement.get("qualifiers", {}).items():
        for snak in snaks:
            _snak(graph, node, snak, qualifier, PQ, PQV)


def _snak(
    graph: Graph, node: URIRef, snak: dict, property: str, simple: Namespace, full: Namespace
) -> None:
    if snak["snaktype"] == "novalue":
        graph.add((node, RDF.type, WDNO[property]))
        return
    if snak["snaktype"] == "somevalue":
        graph.add((node, simple[property], BNode()))
        return
    value, kind = snak["datavalue"]["value"], snak["datavalue"]["type"]
    if kind == "wikibase-entityid":
        graph.add((node, simple[property], WD[value.get("id") or f"Q{value['numeric-id']}"]))
    elif kind == "string" and property == "P18":
        graph.add((node, simple[property], URIRef(FILE + quote(value))))
    elif kind == "string":
        graph.add((node, simple[property], Literal(value)))
    elif kind == "globecoordinate":
        point = Literal(f"Point({value['longitude']} {value['latitude']})", datatype=POINT)
        graph.add((node, simple[property], point))
    elif kind == "time" and (written := rdf_time(value)):
        time = BNode()
        graph.add((node, full[property], time))
        # As a literal of a date rdflib would try to read it, and knows no years before Christ.
        graph.add((time, WIKIBASE.timeValue, URIRef(written)))
        graph.add((time, WIKIBASE.timePrecision, Literal(value["precision"])))
        model = value["calendarmodel"].replace("https", "http")
        graph.add((time, WIKIBASE.timeCalendarModel, URIRef(model)))


def rdf_time(value: dict) -> str | None:
    """Write a time as Wikibase's RDF does: astronomical years, Julian days as Gregorian ones."""
    text, precision = value["time"], value["precision"]
    year, month, day = map(int, text[1:].split("T")[0].split("-"))
    year = year if text[0] == "+" else 1 - year
    if value["calendarmodel"].endswith("Q1985786") and precision >= 11:
        there = HistoricalDate(year, month, day, "julian").to("gregorian")
        year, month, day = there.year, there.month, there.day
    return f"{'-' if year < 0 else ''}{abs(year):04}-{month or 1:02}-{day or 1:02}T00:00:00Z"


class Manners:
    """How the service behaves; `faults` are answered before the true answers, one a question."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.faults: list[str] = []
        self.questions: list[str] = []
        self.agents: set[str] = set()


@contextmanager
def service(entities: list[dict]) -> Iterator[tuple[str, Manners]]:
    """Yield the address of a service over these items, and its manners."""
    manners = Manners(graph_of(entities))

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            query = parse_qs(self.rfile.read(length).decode())["query"][0]
            manners.questions.append(query)
            agent = self.headers.get("User-Agent", "")
            manners.agents.add(agent)
            if "@" not in agent and "http" not in agent:
                self._send(403, b"Please set a user-agent")
                return
            fault = manners.faults.pop(0) if manners.faults else ""
            match fault:
                case "429":
                    self._send(429, b"", {"Retry-After": "7"})
                case "400" | "403" | "500" | "503":
                    self._send(int(fault), b"")
                case "429 for long":
                    self._send(429, b"", {"Retry-After": "86400"})
                case "java":
                    self._send(200, answer(manners.graph, query)[:-40] + b"java.util.Timeout")
                case "cut":
                    self._send(200, answer(manners.graph, query), cut=30)
                case _:
                    self._send(200, answer(manners.graph, query))

        def _send(
            self, status: int, body: bytes, headers: dict[str, str] | None = None, cut: int = 0
        ) -> None:
            self.send_response(status)
            for key, value in (headers or {}).items():
                self.send_header(key, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body[: len(body) - cut])

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/sparql", manners
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def answer(graph: Graph, query: str) -> bytes:
    """Answer a question as the service writes it."""
    result = graph.query(query)
    rows = [{str(name): _term(value) for name, value in row.asdict().items()} for row in result]
    return json.dumps({"head": {}, "results": {"bindings": rows}}).encode()


def _term(value: object) -> dict:
    if isinstance(value, BNode):
        return {"type": "bnode", "value": str(value)}
    if isinstance(value, URIRef) and "/" in value:
        return {"type": "uri", "value": str(value)}
    term = {"type": "literal", "value": str(value)}
    if isinstance(value, Literal) and value.language:
        term["xml:lang"] = value.language
    return term
