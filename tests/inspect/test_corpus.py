"""Each broken package of the corpus gives exactly its findings; sound ones, in whatever dress, give none."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from builder.inspect import report
from builder.inspect.finding import Code as C  # noqa: N817
from builder.inspect.finding import Severity
from builder.inspect.package import MOST_OF_A_KIND, Verdict, inspected
from builder.messages import LANGUAGES, catalogue
from tests.inspect.corpus import (
    CMI5,
    ITEM,
    LAUGHS,
    SCORM_12,
    SCORM_2004,
    SOUND,
    THIRD,
    TWO,
    Case,
    Change,
    Files,
    add,
    all_of,
    changed,
    drop,
    encoded,
    found,
    into,
    move,
    packed,
    put,
)  # fmt: skip
from tests.inspect.test_archive import HOSTILE

S, T, W, M, N = SCORM_12, SCORM_2004, THIRD, TWO, CMI5
MASTERY = "<adlcp:masteryscore>{}</adlcp:masteryscore></item>"

BROKEN = {
    # the manifest as a file
    "no manifest": Case(S, drop("imsmanifest.xml"), {C.MANIFEST_MISSING}),
    "capitals in its name": Case(S, move("imsmanifest.xml", "IMSManifest.xml"), {C.MANIFEST_CASE}),
    "a folder round everything": Case(S, into("pakket"), {C.MANIFEST_FOLDER}),
    "a folder round everything, cmi5": Case(N, into("a/b"), {C.MANIFEST_FOLDER}),
    "a zip in a zip": Case({"lees mij.txt": "x"}, add("pakket.zip"), {C.ZIP_INSIDE}),
    "both standards": Case(S, add("cmi5.xml"), {C.STANDARD_BOTH}),
    "another format": Case({"h5p.json": "{}"}, add("x.png"), {C.MANIFEST_MISSING}),
    "tags that do not match": Case(S, put("</metadata>", "</metadat>"), {C.XML_MALFORMED}),
    "a bare ampersand": Case(S, put("Cursus", "Zorg & werk"), {C.XML_MALFORMED}),
    "a manifest that is empty": Case(S, lambda f: f.update({"imsmanifest.xml": ""}), {C.XML_MALFORMED}),
    "bytes that are no letters": Case(S, put("Cursus", "Curs\udcffs"), {C.XML_MALFORMED}),
    "entities": Case(S, put("<manifest ", LAUGHS), {C.XML_ENTITY}),
    "an outside entity": Case(
        S, put("<manifest ", '<!DOCTYPE m [<!ENTITY x SYSTEM "file:///etc/passwd">]><manifest '), {C.XML_ENTITY}
    ),
    "a document type": Case(S, put("<manifest ", '<!DOCTYPE manifest SYSTEM "x.dtd"><manifest '), {C.XML_DOCTYPE}),
    "an encoding few know": Case(S, put("UTF-8", "EBCDIC-CP-US"), {C.XML_ENCODING}),
    "an encoding nobody knows": Case(S, put("UTF-8", "mijn-eigen"), {C.XML_ENCODING}),
    "elements without end": Case(S, put("<resources>", "<item/>" * 30_001 + "<resources>"), {C.XML_LARGE}),
    "elements without bottom": Case(S, put("<resources>", "<item>" * 5_000), {C.XML_MALFORMED}),
    "a manifest of six megabytes": Case(S, put("Cursus", "a" * 5_000_001), {C.XML_LARGE}),
    "another kind of XML": Case(S, lambda f: f.update({"imsmanifest.xml": "<html/>"}), {C.NOT_SCORM}),
    "an IMS package of no SCORM": Case(
        S, put("http://www.imsproject.org/xsd/imscp_rootv1p1p2", "http://www.imsglobal.org/xsd/imscc"), {C.NOT_SCORM}
    ),
    "no namespace": Case(S, put('xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2"', ""), {C.NOT_SCORM}),
    # edition and schemas
    "an unknown element": Case(S, put("<resources>", "<x/><resources>"), {C.SCHEMA}),
    "resources before organizations": Case(T, put("<organizations", "<resources/><organizations"), {C.SCHEMA}),
    "a name that begins with a digit": Case(S, put('identifier="m"', 'identifier="1m"'), {C.SCHEMA}),
    "no schema name": Case(S, put("<schema>ADL SCORM</schema>", ""), {C.SCHEMA_NAME}),
    "another schema name": Case(T, put("ADL SCORM", "IMS Content"), {C.SCHEMA_NAME}),
    "no version": Case(S, put("<schemaversion>1.2</schemaversion>", ""), {C.VERSION_MISSING}),
    "no version, 2004": Case(
        T, put("<schemaversion>2004 4th Edition</schemaversion>", ""), {C.VERSION_MISSING, C.MOODLE_AS_12}
    ),
    "no metadata": Case(
        S,
        lambda f: _cut(f, "<metadata>", "</metadata>"),
        {C.VERSION_MISSING, C.SCHEMA_NAME, C.FILE_UNLISTED},
    ),
    "a version that does not exist": Case(S, put(">1.2<", ">1.4<"), {C.VERSION_UNKNOWN}),
    "an edition that does not exist": Case(T, put("4th", "5th"), {C.VERSION_UNKNOWN, C.MOODLE_AS_12}),
    "an edition in other capitals": Case(T, put("4th Edition", "4th edition"), {C.VERSION_UNKNOWN, C.MOODLE_AS_12}),
    "the second edition by its other name": Case(W, put("3rd", "2nd"), {C.MOODLE_AS_12}),
    "a version with spaces round it": Case(
        T, put("2004 4th Edition", " 2004 4th Edition "), {C.VERSION_SPACE, C.MOODLE_AS_12}
    ),
    "1.2 that says it is 2004": Case(S, put(">1.2<", ">2004 4th Edition<"), {C.VERSION_MIXED}),
    "2004 that says it is 1.2": Case(T, put("2004 4th Edition", "1.2"), {C.VERSION_MIXED, C.MOODLE_AS_12}),
    "a schema that is not there": Case(
        S, put('version="1"', 'version="1" xsi:schemaLocation="http://a.example a.xsd"'), {C.SCHEMA_MISSING}
    ),
    "schemas that are no pairs": Case(
        S, put('version="1"', 'version="1" xsi:schemaLocation="http://a.example"'), {C.SCHEMA_ODD}
    ),
    "a threshold of the fourth edition": Case(
        W, put(">1.0</adlcp:completionThreshold>", ' minProgressMeasure="1.0"/>'), {C.THRESHOLD}
    ),
    "a threshold of the third edition": Case(
        T, put(' completedByMeasure="true" minProgressMeasure="1.0"/>', ">1.0</adlcp:completionThreshold>"),
        {C.THRESHOLD_OLD},
    ),
    # organizations and items
    "no organization": Case(
        S, lambda f: _cut(f, '<organization identifier="o">', "</organization>"), {C.ORGANIZATION_MISSING}
    ),
    "a default that is not there": Case(S, put('default="o"', 'default="x"'), {C.ORGANIZATION_DEFAULT}),
    "no default": Case(T, put(' default="o"', ""), {C.ORGANIZATION_DEFAULT}),
    "two organizations": Case(
        S,
        put("</organizations>", '<organization identifier="p"><title>P</title><item identifier="j" identifierref="r">'
            "<title>J</title></item></organization></organizations>"),
        {C.ORGANIZATION_MORE, C.MOODLE_SEVERAL},
    ),
    "an organization of nothing": Case(
        S, put(f"{ITEM}</item>", ""), {C.ORGANIZATION_EMPTY, C.RESOURCE_UNUSED}
    ),
    "no title": Case(S, put("<title>Cursus</title>", ""), {C.TITLE_MISSING}),
    "an empty title": Case(T, put("<title>Les</title>", "<title> </title>"), {C.TITLE_MISSING}),
    "a title longer than the standard": Case(S, put("Cursus", "C" * 201), {C.TITLE_LONG}),
    "a title no LMS can store": Case(T, put("Cursus", "C" * 256), {C.TITLE_TOO_LONG}),
    "two items of one name": Case(
        S, put(f"{ITEM}</item>", f"{ITEM}</item>\n{ITEM}</item>"), {C.IDENTIFIER_TWICE, C.MOODLE_SEVERAL}
    ),
    "an item to nowhere": Case(
        S, put('identifierref="r"', 'identifierref="x"'), {C.RESOURCE_UNKNOWN, C.RESOURCE_UNUSED}
    ),
    "an item of nothing": Case(
        S, put("</organization>", '<item identifier="j"><title>J</title></item></organization>'), {C.ITEM_EMPTY}
    ),
    "an item that opens a page and items": Case(
        T,
        put("</item>", '<item identifier="j" identifierref="r"><title>J</title></item></item>'),
        {C.ITEM_BRANCH, C.MOODLE_SEVERAL, C.SCHEMA},
    ),
    "an item that opens an asset": Case(S, put('scormtype="sco"', 'scormtype="asset"'), {C.ITEM_ASSET}),
    "a manifest in a manifest": Case(
        S,
        put("</manifest>", '<manifest identifier="n"><organizations/><resources/></manifest></manifest>'),
        {C.MANIFEST_NESTED},
    ),
    # resources and files
    "no type of resource": Case(S, put(' adlcp:scormtype="sco"', ""), {C.SCORM_TYPE}),
    "another type of resource": Case(T, put('scormType="sco"', 'scormType="SCO"'), {C.SCORM_TYPE}),
    "1.2 with a capital": Case(S, put("scormtype", "scormType"), {C.SCORM_CASE}),
    "2004 without a capital": Case(T, put("scormType", "scormtype"), {C.SCORM_CASE}),
    "3rd edition without a capital": Case(W, put("scormType", "scormtype"), {C.SCORM_CASE}),
    "no web content": Case(S, put("webcontent", "text/html"), {C.RESOURCE_TYPE}),
    "no launch page": Case(S, put(' href="index.html">', ">"), {C.LAUNCH_MISSING}),
    "a launch page that is not there": Case(S, drop("index.html"), {C.LAUNCH_ABSENT}),
    "a launch page in other capitals": Case(S, move("index.html", "Index.html"), {C.HREF_CASE}),
    "a launch page elsewhere": Case(
        S, put(' href="index.html">', ' href="https://elders.example/">'), {C.LAUNCH_EXTERNAL}
    ),
    "a launch page that is not listed": Case(S, put('<file href="index.html"/>', ""), {C.LAUNCH_UNLISTED}),
    "a file that is not in the zip": Case(S, put("</resource>", '<file href="x.js"/></resource>'), {C.FILE_MISSING}),
    "a file in other capitals": Case(S, move("stijl.css", "Stijl.css"), {C.HREF_CASE}),
    "a file that is not listed": Case(S, add("x.js"), {C.FILE_UNLISTED}),
    "a dependency on nothing": Case(
        S, put("</resource>", '<dependency identifierref="x"/></resource>'), {C.DEPENDENCY_UNKNOWN}
    ),
    "a resource that nothing opens": Case(
        S,
        put("</resources>", '<resource identifier="q" type="webcontent" adlcp:scormtype="sco" href="index.html">'
            '<file href="index.html"/></resource></resources>'),
        {C.RESOURCE_UNUSED},
    ),
    "a space in an address": Case(
        S, all_of(put("</resource>", '<file href="a b"/></resource>'), add("a b")), {C.HREF_SPACE}
    ),
    "an address that climbs out": Case(S, put("</resource>", '<file href="../x"/></resource>'), {C.HREF_CLIMB}),
    "an address that climbs out in code": Case(
        S, put("</resource>", '<file href="%2e%2e/x"/></resource>'), {C.HREF_CLIMB}
    ),
    "an address from the top of the server": Case(
        S, put('<file href="stijl.css"/>', '<file href="/stijl.css"/>'), {C.HREF_SLASH}
    ),
    "an address without end": Case(
        S, put("</resource>", f'<file href="{"a/" * 5_000}x.js"/></resource>'), {C.HREF_LONG, C.VALUE_LONG}
    ),
    "an address with a backslash": Case(
        S, put("beeld/kaart%20een.png", "beeld\\kaart%20een.png"), {C.HREF_BACKSLASH, C.FILE_UNLISTED}
    ),
    "an address that is no address": Case(
        S, put("beeld/kaart%20een.png", "beeld/kaart%2een%.png"), {C.HREF_PERCENT, C.FILE_UNLISTED}
    ),
    "a file on another site": Case(
        S, put("</resource>", '<file href="https://elders.example/x.js"/></resource>'), {C.HREF_EXTERNAL}
    ),
    "a question behind the launch page": Case(S, put(' href="index.html">', ' href="index.html?a=b">'), {C.HREF_QUERY}),
    "a base without an end": Case(
        T,
        all_of(into("inhoud"), move("inhoud/imsmanifest.xml", "imsmanifest.xml"), move("inhoud/lom.xml", "lom.xml"),
               put("<resource ", '<resource xml:base="inhoud" ')),
        {C.BASE},
    ),
    "a version longer than the standard": Case(T, put('version="1"', f'version="{"1" * 21}"'), {C.VALUE_LONG}),
    "a folder that Windows does not know": Case(
        S, all_of(add("aux/x.js"), put("</resource>", '<file href="aux/x.js"/></resource>')), {C.NAME_WINDOWS}
    ),
    "a name with an accent": Case(
        S, all_of(add("één.js"), put("</resource>", '<file href="%C3%A9%C3%A9n.js"/></resource>')), {C.NAME_ASCII}
    ),
    "what a Mac leaves": Case(S, all_of(add("__MACOSX/._index.html"), add(".DS_Store")), {C.FILE_JUNK}),
    "what Windows leaves": Case(S, add("beeld/Thumbs.db"), {C.FILE_JUNK}),
    "a program for a server": Case(
        S, all_of(add("x.php"), put("</resource>", '<file href="x.php"/></resource>')), {C.FILE_SERVER}
    ),
    "settings of a server": Case(
        S, all_of(add(".htaccess"), put("</resource>", '<file href=".htaccess"/></resource>')), {C.FILE_SERVER}
    ),
    "Flash": Case(
        S, all_of(add("x.swf"), put("</resource>", '<file href="x.swf"/></resource>')), {C.FILE_FLASH}
    ),
    # only 1.2
    "a score that is no number": Case(S, put("</item>", MASTERY.format("70%")), {C.MASTERY_SCORE, C.MOODLE_MASTERY}),
    "a score over a hundred": Case(S, put("</item>", MASTERY.format("101")), {C.MASTERY_SCORE, C.MOODLE_MASTERY}),
    "a score that Moodle judges by": Case(S, put("</item>", MASTERY.format("70")), {C.MOODLE_MASTERY}),
    "a time that is none": Case(
        S, put("</item>", "<adlcp:maxtimeallowed>PT1H</adlcp:maxtimeallowed></item>"), {C.TIME_LIMIT}
    ),
    "data longer than 1.2 allows": Case(
        S, put("</item>", f"<adlcp:datafromlms>{'x' * 256}</adlcp:datafromlms></item>"), {C.VALUE_LONG}
    ),
    "a condition on nothing": Case(
        S,
        put("</item>", '<adlcp:prerequisites type="aicc_script">x&amp;i</adlcp:prerequisites></item>'),
        {C.PREREQUISITE_UNKNOWN},
    ),
    # only 2004
    "data on a chapter": Case(
        T,
        all_of(
            put("</item>", "</item></item>"),
            put(ITEM, '<item identifier="h"><title>H</title>' + ITEM),
            put("</item></item>", "</item><adlcp:dataFromLMS>x</adlcp:dataFromLMS></item>"),
        ),
        {C.ELEMENT_PLACE},
    ),
    "buttons off on a chapter": Case(
        T,
        all_of(
            put("</item>", "</item></item>"),
            put(ITEM, '<item identifier="h"><title>H</title>' + ITEM),
            put("</item></item>", "</item><adlnav:presentation><adlnav:navigationInterface><adlnav:hideLMSUI>continue"
                "</adlnav:hideLMSUI></adlnav:navigationInterface></adlnav:presentation></item>"),
        ),
        {C.ELEMENT_PLACE},
    ),
    "a button that does not exist": Case(
        T,
        put("</item>", "<adlnav:presentation><adlnav:navigationInterface><adlnav:hideLMSUI>Continue"
            "</adlnav:hideLMSUI></adlnav:navigationInterface></adlnav:presentation></item>"),
        {C.SCHEMA},
    ),
    "several parts": Case(TWO, add(".DS_Store"), {C.MOODLE_SEVERAL, C.FILE_JUNK}),
    "no way on": Case(M, put('flow="true"', 'flow="false"'), {C.MOODLE_SEVERAL, C.WAY_CHOICE}),
    "no way at all": Case(
        M, put('choice="true" flow="true"', 'choice="false"'), {C.MOODLE_SEVERAL, C.WAY_NONE}
    ),
    "objectives without a first": Case(
        M, lambda f: _cut(f, "<imsss:primaryObjective", "</imsss:primaryObjective>"),
        {C.MOODLE_SEVERAL, C.OBJECTIVE_PRIMARY},
    ),
    "an objective twice": Case(M, put('objectiveID="Q"', 'objectiveID="P"'), {C.MOODLE_SEVERAL, C.OBJECTIVE_TWICE}),
    "an objective without a name": Case(
        M, put(' objectiveID="P"', ""), {C.MOODLE_SEVERAL, C.OBJECTIVE_NAMELESS}
    ),
    "two objectives that write one": Case(
        M, put('targetObjectiveID="h"', 'targetObjectiveID="g"'), {C.MOODLE_SEVERAL, C.MAP_TWICE}
    ),
    "rules that are not there": Case(
        M, put("<imsss:sequencing>", '<imsss:sequencing IDRef="x">'), {C.MOODLE_SEVERAL, C.SEQUENCING_UNKNOWN}
    ),
    "a score that Moodle does not judge by": Case(
        M,
        put('satisfiedByMeasure="false">', 'satisfiedByMeasure="true"><imsss:minNormalizedMeasure>0.7'
            "</imsss:minNormalizedMeasure>"),
        {C.MOODLE_SEVERAL, C.MOODLE_SUCCESS},
    ),
    "a score over one": Case(
        M,
        put('satisfiedByMeasure="false">', 'satisfiedByMeasure="true"><imsss:minNormalizedMeasure>70'
            "</imsss:minNormalizedMeasure>"),
        {C.MOODLE_SEVERAL, C.MOODLE_SUCCESS, C.SCHEMA},
    ),
    # Moodle
    "another prefix": Case(
        S,
        lambda f: f.update({"imsmanifest.xml": f["imsmanifest.xml"].replace("adlcp:", "scorm:").replace(
            "xmlns:adlcp", "xmlns:scorm")}),
        {C.MOODLE_PREFIX},
    ),
    # cmi5
    "another namespace of cmi5": Case(N, put("CourseStructure.xsd", "CourseStructure"), {C.CMI5_ROOT}),
    "an unknown element of cmi5": Case(N, put("<au ", "<unit/><au "), {C.CMI5_UNKNOWN}),
    "an order that is not cmi5's": Case(
        N,
        all_of(put("<launchParameters>x</launchParameters>", ""), put("<url>", "<launchParameters/><url>")),
        {C.CMI5_ORDER},
    ),
    "a title of cmi5 that is missing": Case(
        N, put('<title><langstring lang="nl">Les</langstring></title>', ""), {C.CMI5_MISSING}
    ),
    "a description of cmi5 that is missing": Case(
        N, put('<description><langstring lang="nl">Over</langstring></description>', ""), {C.CMI5_MISSING}
    ),
    "a title of cmi5 without language": Case(N, put('lang="nl">Les', ">Les"), {C.CMI5_LANGUAGE}),
    "a title of cmi5 in a language that is none": Case(N, put('lang="nl">Les', 'lang="nl_NL">Les'), {C.CMI5_LANGUAGE}),
    "a title of cmi5 without words": Case(N, put(">Les<", "><"), {C.CMI5_EMPTY}),
    "a title of cmi5 in loose words": Case(
        N,
        put('<title><langstring lang="nl">Les</langstring></title>', "<title>Les</title>"),
        {C.CMI5_TEXT, C.CMI5_MISSING},
    ),
    "an extension before what is cmi5's": Case(N, put("<url>", '<x:y xmlns:x="urn:x"/><url>'), {C.CMI5_ORDER}),
    "an element in the words of cmi5": Case(N, put(">Les<", "><b>Les</b><"), {C.CMI5_UNKNOWN, C.CMI5_EMPTY}),
    "a title of cmi5 twice": Case(
        N, put("<url>", '<title><langstring lang="nl">Les</langstring></title><url>'), {C.CMI5_TWICE}
    ),
    "a course of cmi5 without units": Case(N, lambda f: _cut(f, "<au ", "</au>"), {C.CMI5_MISSING}),
    "no id": Case(N, put(' id="https://leren.example/c/1"', ""), {C.CMI5_MISSING}),
    "an id that is no address": Case(N, put("https://leren.example/c/1", "les-1"), {C.CMI5_IRI}),
    "an id twice": Case(N, put("https://leren.example/c/1", "https://leren.example/c"), {C.CMI5_ID_TWICE}),
    "an attribute in other capitals": Case(N, put("moveOn", "moveon"), {C.CMI5_ATTRIBUTE}),
    "a moveOn that does not exist": Case(N, put("CompletedOrPassed", "Done"), {C.CMI5_VALUE}),
    "a launchMethod that does not exist": Case(N, put("AnyWindow", "NewWindow"), {C.CMI5_VALUE}),
    "a mastery score over one": Case(N, put("0.75", "75"), {C.CMI5_MASTERY}),
    "a mastery score with a comma": Case(N, put("0.75", "0,75"), {C.CMI5_MASTERY}),
    "a mastery score too fine": Case(N, put("0.75", "0.66667"), {C.CMI5_DECIMALS}),
    "a unit without an address": Case(N, put("<url>index.html?les=1</url>", ""), {C.CMI5_MISSING}),
    "a unit with an empty address": Case(N, put("index.html?les=1", ""), {C.LAUNCH_MISSING}),
    "a unit that is not there": Case(N, put("index.html?les=1", "les/index.html"), {C.LAUNCH_ABSENT}),
    "a unit elsewhere": Case(N, put("index.html?les=1", "https://elders.example/"), {C.CMI5_REMOTE}),
    "a unit that takes the LMS's words": Case(N, put("?les=1", "?actor=1"), {C.CMI5_RESERVED}),
    "a unit outside the package": Case(N, put("index.html?les=1", "../index.html"), {C.HREF_CLIMB}),
    "an objective that is not there": Case(N, put('idref="https://leren.example/d"', 'idref="x"'), {C.CMI5_OBJECTIVE}),
    # metadata
    "metadata that are not there": Case(S, drop("lom.xml"), {C.LOM_MISSING}),
    "metadata that are broken": Case(T, put("</lom>", "", "lom.xml"), {C.LOM_MALFORMED}),
    "metadata with entities": Case(T, put("<lom ", LAUGHS.replace("manifest", "lom"), "lom.xml"), {C.LOM_MALFORMED}),
    "metadata of 2004 in 1.2": Case(S, add("lom.xml", SCORM_2004["lom.xml"]), {C.LOM_BINDING}),
    "metadata of 1.2 in 2004": Case(T, add("lom.xml", SCORM_12["lom.xml"]), {C.LOM_BINDING}),
    "an element metadata do not know": Case(T, put("<technical>", "<Rights/><technical>", "lom.xml"), {C.LOM_ELEMENT}),
    "two titles in metadata": Case(T, put("<language>", "<title/><language>", "lom.xml"), {C.LOM_TWICE}),
    "a title of metadata in loose words": Case(
        T, put('<title><string language="nl">T</string></title>', "<title>T</title>", "lom.xml"), {C.LOM_TEXT}
    ),
    "an element in a number of metadata": Case(T, put(">120<", ">120<b/><", "lom.xml"), {C.LOM_ELEMENT}),
    "a word metadata do not know": Case(T, put("linear", "Linear", "lom.xml"), {C.LOM_WORD}),
    "a role of another part of metadata": Case(T, put("creator", "author", "lom.xml"), {C.LOM_WORD}),
    "a word metadata of 1.2 do not know": Case(S, put(">author<", ">boss<", "lom.xml"), {C.LOM_WORD}),
    "a date that is none": Case(T, put("2026-11-24", "24-11-2026", "lom.xml"), {C.LOM_VALUE}),
    "a duration that is none": Case(T, put("PT2H", "2 uur", "lom.xml"), {C.LOM_VALUE}),
    "a duration of 1.2 that is none": Case(S, put("PT2H", "02:00", "lom.xml"), {C.LOM_VALUE}),
    "a language that is none": Case(S, put('xml:lang="nl"', 'xml:lang="nl_NL"', "lom.xml"), {C.LOM_VALUE}),
    "a size in words": Case(T, put("120", "120 kB", "lom.xml"), {C.LOM_VALUE}),
    "metadata in the manifest": Case(
        T,
        put("</metadata>", '<lom xmlns="http://ltsc.ieee.org/xsd/LOM"><generals/></lom></metadata>'),
        {C.LOM_ELEMENT},
    ),
    # pages and scripts
    "an empty page": Case(S, lambda f: f.update({"index.html": " "}), {C.PAGE_EMPTY}),
    "a script that is missing": Case(S, put("les.js", "lib/les.js", "index.html"), {C.PAGE_SCRIPT}),
    "a style sheet that is missing": Case(S, put("stijl.css", "lib/x.css", "index.html"), {C.PAGE_FILE}),
    "a picture in other capitals": Case(S, put("kaart%20een", "Kaart%20een", "index.html"), {C.HREF_CASE}),
    "a page that fetches from an address that is none": Case(
        S, put("<script ", '<base href="./"><script src="https://a[b"></script><script ', "index.html"), {C.EXTERNAL}
    ),
    "a script of another site": Case(
        S, put("<script ", '<script src="//cdn.example/x.js"></script><script ', "index.html"), {C.EXTERNAL}
    ),
    "a font of another site": Case(
        N, put("p {", "@import url('https://fonts.example/css'); p {", "stijl.css"), {C.EXTERNAL}
    ),
    "a script in the open": Case(
        S, put("<script ", '<script src="http://cdn.example/x.js"></script><script ', "index.html"), {C.EXTERNAL_HTTP}
    ),
    "a worker behind the page": Case(
        S, put("find", "navigator.serviceWorker.register('sw.js'); find", "les.js"), {C.WORKER}
    ),
    "scripts that report nothing": Case(S, add("les.js", "alert(1)"), {C.REPORTS_NOT}),
    "scripts that report nothing, cmi5": Case(N, add("les.js", "alert(1)"), {C.REPORTS_NOT}),
    "scripts of 2004 in 1.2": Case(S, add("les.js", SCORM_2004["les.js"]), {C.REPORTS_OTHER}),
    "scripts of 1.2 in 2004": Case(T, add("les.js", SCORM_12["les.js"]), {C.REPORTS_OTHER}),
    "a save at the last moment only": Case(S, put("'pagehide'", "'unload'", "les.js"), {C.UNLOAD_ONLY}),
}  # fmt: skip


def _cut(files: Files, start: str, end: str) -> None:
    """The manifest without what stands from ``start`` to ``end``."""
    name = "cmi5.xml" if "cmi5.xml" in files else "imsmanifest.xml"
    first, rest = files[name].split(start, 1)
    files[name] = first + rest.split(end, 1)[1]


@pytest.mark.parametrize("case", BROKEN.values(), ids=BROKEN.keys())
def test_a_broken_package_gives_exactly_its_findings(case: Case) -> None:
    begun = time.monotonic()
    inspection = found(changed(case.base, case.change))
    assert time.monotonic() - begun < 10
    assert {each.code for each in inspection.findings} == case.codes
    for language in LANGUAGES:
        assert report.as_text(inspection, language)
        report.as_json(inspection, language)
        report.as_html(inspection, language)
    errors = [each for each in inspection.findings if each.severity is Severity.ERROR]
    assert inspection.stops(strict=False) is bool(errors)
    assert (inspection.verdict in (Verdict.SOUND, Verdict.CAREFUL, Verdict.UNTRUE)) or errors


@pytest.mark.parametrize(("files", "standard"), SOUND.values(), ids=SOUND.keys())
def test_a_sound_package_has_no_findings(files: Files, standard: str) -> None:
    inspection = found(files)
    assert inspection.findings == ()
    assert (inspection.standard, inspection.verdict) == (standard, Verdict.SOUND)
    assert (inspection.title, [each.title for each in inspection.launches]) == ("Cursus", ["Les"])


def test_every_code_has_a_broken_package_and_texts_in_every_language() -> None:
    met = {code for case in BROKEN.values() for code in case.codes} | {
        C(code) for _, codes in HOSTILE.values() for code in codes
    }
    assert set(C) - met == {C.PACKAGE_LARGE}  # below
    for language in LANGUAGES:
        assert set(catalogue(language)["findings"]) == set(C)


def test_a_huge_package_is_told() -> None:
    inspection = inspected(replace(packed(SCORM_12), size=250_000_000))
    assert [each.code for each in inspection.findings] == [C.PACKAGE_LARGE]
    assert "250,0 MB" in report.summary(inspection, "nl")


def test_what_is_wrong_a_thousand_times_is_told_a_few_times_and_counted() -> None:
    files = "".join(f'<file href="x{number}.js"/>' for number in range(1_000))
    inspection = found(changed(SCORM_12, put("</resource>", f"{files}</resource>")))
    assert len(inspection.findings) == MOST_OF_A_KIND
    assert inspection.more == ((C.FILE_MISSING, 1_000 - MOST_OF_A_KIND),)
    assert "1000 fouten" in report.summary(inspection, "nl")


def test_no_text_of_a_package_runs_in_the_report() -> None:
    evil = "<script>alert(1)</script>\x1b[2J\u202e"
    escaped = evil.replace("<", "&lt;").replace("\x1b", "")
    inspection = found(changed(SCORM_12, put("</resource>", f'<file href="{escaped}"/></resource>')))
    assert inspection.findings
    page = report.as_html(inspection, "nl").decode()
    assert "<script" not in page
    assert "\u202e" not in page + report.as_text(inspection, "nl") + report.as_json(inspection, "nl")


LASTING = {
    "one name for all items": (
        SCORM_2004,
        put("</organization>", f"{ITEM}</item>" * 12_000 + "</organization>"),
    ),
    "a folder without end for all files": (
        SCORM_12,
        put(
            "</resource>",
            f'</resource><resource identifier="z" type="webcontent" adlcp:scormtype="asset" xml:base="{"a/" * 99_999}">'
            + "<file href='a'/>" * 20_000
            + "</resource>",
        ),
    ),
    "a page of pictures": (SCORM_12, put("<body>", "<body>" + "<img src='x.png'>" * 60_000, "index.html")),
    "a style sheet of spaces": (SCORM_12, put("p {", "@import url(" + " " * 1_000_000, "stijl.css")),
    "a script of almost": (SCORM_12, put("find", "serviceWorker " * 100_000 + "find", "les.js")),
    "conditions without end": (
        SCORM_12,
        put("</item>", f"<adlcp:prerequisites>{'x|' * 500_000}</adlcp:prerequisites></item>"),
    ),
}


@pytest.mark.parametrize(("files", "change"), LASTING.values(), ids=LASTING.keys())
def test_a_package_made_to_last_is_told_in_time(files: Files, change: Change) -> None:
    begun = time.process_time()
    inspection = found(changed(files, change))
    report.as_text(inspection, "nl")
    assert time.process_time() - begun < 5


DRESS: dict[str, tuple[Files, Change]] = {
    "a byte order mark": (SCORM_12, put("<?xml", "\ufeff<?xml")),
    "a comment": (SCORM_12, put("<metadata>", "<!-- <x> --><metadata>")),
    "UTF-16": (SCORM_12, encoded("UTF-16")),
    "UTF-16 the other way round": (SCORM_12, encoded("UTF-16BE", b"\xfe\xff")),
    "Latin letters": (SCORM_12, encoded("ISO-8859-1")),
    "Windows letters": (SCORM_12, encoded("windows-1252")),
    "schemas at other addresses": (
        SCORM_12,
        put('version="1"', 'version="1" xsi:schemaLocation="http://a.example http://a.example/a.xsd"'),
    ),
    "an element of a tool's own": (
        SCORM_2004,
        put("</item>", '<x:y xmlns:x="urn:x"><x:z/></x:y></item>'),
    ),
    "files of an asset": (
        SCORM_12,
        all_of(
            put('<file href="stijl.css"/>', ""),
            put("</resource>", '<dependency identifierref="a"/></resource>'),
            put(
                "</resources>",
                '<resource identifier="a" type="webcontent" adlcp:scormtype="asset">'
                '<file href="stijl.css"/></resource></resources>',
            ),
        ),
    ),
    "a base": (
        SCORM_2004,
        all_of(
            into("inhoud"),
            move("inhoud/imsmanifest.xml", "imsmanifest.xml"),
            move("inhoud/lom.xml", "lom.xml"),
            put("<resources>", '<resources xml:base="inhoud/">'),
        ),
    ),
    "blocks of cmi5": (
        CMI5,
        all_of(
            put(
                "<au ",
                '<block id="https://leren.example/b"><title><langstring lang="nl">B</langstring></title><description>'
                '<langstring lang="nl">B</langstring></description><au ',
            ),
            put("</au>", "</au></block>"),
        ),
    ),
    "an extension of cmi5": (CMI5, put("</au>", '<x:y xmlns:x="urn:x"/></au>')),
}


@pytest.mark.parametrize(("files", "change"), DRESS.values(), ids=DRESS.keys())
def test_a_sound_package_may_look_otherwise(files: Files, change: Change) -> None:
    assert found(changed(files, change)).findings == ()
