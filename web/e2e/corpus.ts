// Texts that try to run: each calls the same function, which must never be called.
const CALL = "ran()";

const inTags = [
  `<script>${CALL}</script>`,
  `<ScRiPt >${CALL}</sCrIpT>`,
  `<script/src=data:,${CALL}></script>`,
  `<scr<script>ipt>${CALL}</scr</script>ipt>`,
  `<img src=x onerror=${CALL}>`,
  `<img src=x onerror="${CALL}"//`,
  `<img/src/onerror=${CALL}>`,
  `<image src=x onerror=${CALL}>`,
  `<svg onload=${CALL}>`,
  `<svg><script>${CALL}</script></svg>`,
  `<svg><animate onbegin=${CALL} attributeName=x dur=1s>`,
  `<svg><a xlink:href="javascript:${CALL}"><text x=20 y=20>click</text></a></svg>`,
  `<math><mtext><table><mglyph><style><img src=x onerror=${CALL}>`,
  `<body onload=${CALL}>`,
  `<iframe src="javascript:${CALL}"></iframe>`,
  `<iframe srcdoc="<script>parent.${CALL}</script>"></iframe>`,
  `<object data="javascript:${CALL}"></object>`,
  `<embed src="javascript:${CALL}">`,
  `<video><source onerror=${CALL}></video>`,
  `<audio src=x onerror=${CALL}>`,
  `<details open ontoggle=${CALL}>x</details>`,
  `<input autofocus onfocus=${CALL}>`,
  `<select autofocus onfocus=${CALL}>`,
  `<textarea autofocus onfocus=${CALL}>`,
  `<marquee onstart=${CALL}>x</marquee>`,
  `<form><button formaction="javascript:${CALL}">x</button></form>`,
  `<a href="javascript:${CALL}">x</a>`,
  `<a href="data:text/html,<script>${CALL}</script>">x</a>`,
  `<base href="javascript:${CALL}//">`,
  `<link rel=stylesheet href="javascript:${CALL}">`,
  `<meta http-equiv=refresh content="0;url=javascript:${CALL}">`,
  `<style>@import 'javascript:${CALL}';</style>`,
  `<div style="background:url(javascript:${CALL})">x</div>`,
  `<template><script>${CALL}</script></template>`,
  `<noscript><p title="</noscript><img src=x onerror=${CALL}>">`,
  `<!--><script>${CALL}</script>-->`,
  `<![CDATA[><script>${CALL}</script>]]>`,
  `<xmp><img src=x onerror=${CALL}></xmp>`,
  `<isindex type=image src=1 onerror=${CALL}>`,
  `<custom-tag onmouseover=${CALL} style=display:block>x</custom-tag>`,
];

const outOfAttributes = ['"', "'", "`", "</title>", "</style>", "</script>", "</textarea>", "-->"];

const inTemplates = [
  `{{${CALL}}}`,
  `\${${CALL}}`,
  `<%= ${CALL} %>`,
  `#{${CALL}}`,
  `{{constructor.constructor('${CALL}')()}}`,
  `javascript:${CALL}`,
  `[x](javascript:${CALL})`,
  `![x](x"onerror="${CALL})`,
  `\u202e<script>${CALL}</script>\u202c`,
  `\uff1cscript\uff1e${CALL}\uff1c/script\uff1e`,
  `&lt;script&gt;${CALL}&lt;/script&gt;`,
  `&#60;script&#62;${CALL}&#60;/script&#62;`,
  `%3Cscript%3E${CALL}%3C/script%3E`,
  `__proto__`,
  `constructor`,
  `["${CALL}"]`,
];

/** Everything once, and what is in tags once more behind each way out of an attribute. */
export const corpus: string[] = [
  ...inTags,
  ...inTemplates,
  ...outOfAttributes.flatMap((out) => inTags.map((tag) => `${out}>${tag}`)),
  ...outOfAttributes.map((out) => `${out} onmouseover=${CALL} autofocus onfocus=${CALL} x=${out}`),
];
