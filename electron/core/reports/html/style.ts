import { precisionMarks } from '#shared/domain/precision-colours.ts'

const colours = precisionMarks.map(({ slug, light, dark }) => `.p-${slug}{--c:light-dark(${light},${dark})}`).join('\n')

/** The report's whole style. Fixed text: nothing of a run goes into it, so that its hash can stand in the page's policy. */
export const reportStyle = `
:root{color-scheme:light dark;
--app:light-dark(#f1f3f4,#111315);--panel:light-dark(#fff,#1a1d20);--sunken:light-dark(#f7f8f9,#15181a);
--text-1:light-dark(#14181b,#eceff1);--text-2:light-dark(#444c54,#b3bac1);--text-3:light-dark(#626b74,#929aa3);
--line-1:light-dark(#e0e4e7,#2b3035);--line-2:light-dark(#c6ccd1,#3e454c);--focus:light-dark(#5b3cc4,#b6a2ff);
--within:light-dark(#00695c,#4fc4a7);--worse:light-dark(#b3300f,#ff8f70);--open:light-dark(#5a626b,#a3abb3);
--worse-tint:light-dark(#fdeee9,#35201a);--floor:light-dark(#dfe3e7,#343a40);
--ui:system-ui,-apple-system,"Segoe UI","Noto Sans","Liberation Sans","PingFang SC","Microsoft YaHei UI","Noto Sans CJK SC",sans-serif;
--mono:ui-monospace,"SF Mono","Cascadia Mono",Menlo,Consolas,"DejaVu Sans Mono","Liberation Mono","Noto Sans Mono CJK SC",monospace}
*{box-sizing:border-box}
body{margin:0;background:var(--app);color:var(--text-1);font:13px/20px var(--ui);font-variant-numeric:tabular-nums;-webkit-text-size-adjust:100%}
main{max-width:1180px;margin:0 auto;background:var(--panel);border-inline:1px solid var(--line-1);min-height:100vh}
header{padding:28px 32px 22px}
.brand{display:flex;align-items:center;gap:8px;color:var(--text-3);font-size:11.5px;margin-bottom:18px}
.brand svg{width:20px;height:20px;fill:none;stroke:currentColor;stroke-linecap:round}
.brand span:last-child{margin-inline-start:auto}
h1{font:600 20px/26px var(--ui);margin:0 0 4px;overflow-wrap:anywhere}
.facts{color:var(--text-2);margin:0}
.arm{border-block-start:2px solid var(--text-1);padding-block:22px}.arm h2{font:600 17px/24px var(--ui);margin:0}.arm .headline{margin-block-start:8px}
.headline{font-size:16px;line-height:25px;margin:18px 0 0;max-width:76ch;text-wrap:pretty}
.notes{margin:14px 0 0;padding:0;list-style:none;color:var(--text-2);max-width:90ch}
.notes li{padding:3px 0 3px 12px;border-inline-start:2px solid var(--line-2)}
section.region{border-block-start:1px solid var(--line-2);padding:16px 32px 20px}
section.region>h2,.half>h2{font:600 14px/20px var(--ui);margin:0 0 12px}
h2 small,h3 small,th small,small{font-size:11.5px;line-height:16px;font-weight:400;color:var(--text-3)}
h2 small{margin-inline-start:8px}
.caption{color:var(--text-3);font-size:11.5px;line-height:17px;margin:10px 0 0;max-width:110ch;overflow-wrap:anywhere}
.quiet,.unit{color:var(--text-3)}
.mono{font-family:var(--mono);font-size:12px}
.num{text-align:end;white-space:nowrap}
.name{display:inline-flex;align-items:center;gap:7px;font-family:var(--mono);font-size:12px;font-weight:400}
.name bdi{overflow-wrap:anywhere}
.swatch{flex:none;width:9px;height:9px;border-radius:50%;background:var(--c)}
.swatch.diamond{border-radius:0;transform:rotate(45deg) scale(.88)}
.icon{width:18px;height:18px;flex:none;fill:none;stroke:currentColor;stroke-width:1.5;stroke-linecap:round;stroke-linejoin:round}
.within{--v:var(--within)}.worse{--v:var(--worse)}.open{--v:var(--open)}
.verdict{display:inline-flex;align-items:center;gap:7px;color:var(--v);font-weight:600;vertical-align:middle;white-space:nowrap}
svg{display:block;overflow:visible}
svg text{font:11px var(--ui);fill:var(--text-3)}
svg text.label{fill:var(--text-1);font-family:var(--mono);paint-order:stroke;stroke:var(--panel);stroke-width:3px;stroke-linejoin:round}
svg text.off{fill:var(--text-1);paint-order:stroke;stroke:var(--panel);stroke-width:3px;stroke-linejoin:round}
svg text.margin-text{fill:var(--worse);font-weight:600}
.zero{stroke:var(--text-3)}.margin{stroke:var(--worse);stroke-width:1.5}
.worse-zone{fill:var(--worse-tint)}.floor{fill:var(--floor)}
.grid{stroke:var(--line-1)}.axis{stroke:var(--line-2);fill:none}.guide{stroke:var(--text-3);stroke-dasharray:2 3}
.frontier{stroke:var(--text-3);stroke-dasharray:3 3;fill:none}
.lead{stroke:var(--text-3);stroke-width:.75}
.bar{stroke:var(--v,var(--c));stroke-width:2}
.open .shaft{stroke-dasharray:5 3}
.point{fill:var(--v,var(--c));stroke:var(--panel);stroke-width:1.5}
.open .point{fill:var(--panel);stroke:var(--v)}
.arrow{fill:var(--v,var(--c))}
.board{border-block:1px solid var(--line-2);margin-inline:-32px}
.board-row{display:grid;grid-template-columns:minmax(168px,1fr) minmax(190px,1.1fr) minmax(240px,3fr) 148px 86px 82px 70px;align-items:center;padding-inline:32px;column-gap:14px;min-height:34px}

.board-row+.board-row{border-block-start:1px solid var(--line-1)}
.board-row>.num.quiet{color:var(--text-3)}
.board-head{background:var(--sunken);color:var(--text-2);font-size:11.5px;min-height:30px}
.board-row small{display:inline-block}
.board-row>.plot,.forest-row>.plot{align-self:stretch}
.board-row>.plot>svg{height:100%;min-height:34px}
.forest-row>.plot>svg{height:100%;min-height:24px}
.board-head>.plot>svg{height:30px;min-height:0}
.forest-axis>.plot>svg{height:18px;min-height:0}
section.region:has(>.halves){padding-block:0}
.halves{display:grid;grid-template-columns:1fr 1fr;margin-inline:-32px}
.half{padding:16px 32px 20px;min-width:0}
.half+.half{border-inline-start:1px solid var(--line-1)}
.half,.region{break-inside:avoid}
.forest-row{display:grid;grid-template-columns:minmax(84px,max-content) 1fr 44px;align-items:center;column-gap:12px}
.forest{display:grid;grid-template-columns:max-content 1fr 44px;column-gap:12px}
.forest .forest-row{display:grid;grid-template-columns:subgrid;grid-column:1/-1}
.forest .name{max-width:170px}
.panels{display:grid;grid-template-columns:repeat(auto-fit,minmax(300px,1fr));gap:14px 32px}
.panel .name{max-width:108px;line-height:15px}
.panel{min-width:0}
.panel h3{font:600 12.5px/18px var(--ui);margin:0 0 4px}
.scatter{width:100%;max-width:600px;height:auto}.scatter.small{display:none}
.scroll{overflow-x:auto;background:linear-gradient(90deg,var(--panel) 40%,transparent) left/40px 100% no-repeat local,linear-gradient(-90deg,var(--panel) 40%,transparent) right/40px 100% no-repeat local,linear-gradient(90deg,var(--line-2),transparent) left/12px 100% no-repeat scroll,linear-gradient(-90deg,var(--line-2),transparent) right/12px 100% no-repeat scroll}
.region>.scroll{margin-inline:-32px;padding-inline:32px}
table{border-collapse:collapse;min-width:100%}
table+table,.scroll+.scroll{margin-block-start:18px}
table.small{min-width:0}
th,td{padding:4px 8px;text-align:start;vertical-align:top;border-block-end:1px solid var(--line-1);font-weight:400}
th:first-child,td:first-child{padding-inline-start:0}
thead th{color:var(--text-2);font-size:11.5px;line-height:16px;vertical-align:bottom;border-block-end-color:var(--line-2);white-space:nowrap}
thead th small{display:block}
th.num,td.num{text-align:end}
tr.group th{font-weight:600;padding-block-start:12px;border-block-end-color:var(--line-2)}
tbody th{white-space:nowrap}
.texts td{max-width:44ch;overflow-wrap:anywhere;white-space:pre-wrap;line-height:19px}
.wrong{text-decoration:underline;text-decoration-color:var(--worse);text-underline-offset:3px}
details{border-block-start:1px solid var(--line-1);padding:6px 0}
summary{cursor:pointer;border-radius:2px}
summary:focus-visible,.scroll:focus-visible{outline:2px solid var(--focus);outline-offset:2px}
summary small,.lost-none small{margin-inline-start:6px}
.lost-none{margin:0;padding:6px 0 6px 18px;border-block-start:1px solid var(--line-1)}
.method{display:grid;grid-template-columns:minmax(0,3fr) minmax(0,2fr);gap:24px 40px}
.method ul,.prose{margin:0;padding-inline-start:16px;max-width:72ch;color:var(--text-2)}
.method li,.prose li{padding-block-end:6px}
h3{font:600 12.5px/18px var(--ui);margin:0 0 8px}
dl{display:grid;grid-template-columns:max-content minmax(0,1fr);gap:4px 16px;margin:0}
dt{color:var(--text-3)}dd{margin:0;overflow-wrap:anywhere}
dd.mono{line-height:20px}
pre{margin:0;padding:12px 14px;background:var(--sunken);border:1px solid var(--line-1);font:12px/19px var(--mono);white-space:pre-wrap;overflow-wrap:anywhere}
footer{border-block-start:1px solid var(--line-2);padding:14px 32px 28px;color:var(--text-3);font-size:11.5px}
@media screen and (max-width:1179px){
header,.half,footer{padding-inline:20px}section.region{padding-inline:20px}
.region>.scroll{margin-inline:-20px;padding-inline:20px}
.halves{margin-inline:-20px}
.board{margin-inline:-20px}
.board-row{grid-template-columns:1fr 1fr 1fr;padding:10px 20px 12px;row-gap:6px}
.board-row>:first-child{grid-column:1/2}.board-row>:nth-child(2){grid-column:2/4;text-align:end}
.board-row>.plot,.board-head>.plot{grid-column:1/4}
.board-row>.loss{grid-column:1/4;text-align:start}
.board-row>.num:not(.loss){text-align:start}
.board-row>.num[data-label]::before{content:attr(data-label);display:block;color:var(--text-3);font-size:11px;line-height:15px}
.board-row>.loss::before{content:"loss, points ";color:var(--text-3);font-size:11px}
.board-head{padding-block:6px 0}.board-head>:not(.plot){display:none}
}
@media screen and (max-width:980px){
.halves,.method{grid-template-columns:minmax(0,1fr)}
.half+.half{border-inline-start:0;border-block-start:1px solid var(--line-2)}
}
@media screen and (max-width:560px){.scatter.small{display:block}.scatter.large{display:none}.forest .name{max-width:104px}dl{grid-template-columns:1fr;gap:0}dd{padding-block-end:8px}.brand span:last-child{display:none}}
@media print{
@page{margin:14mm 12mm}
:root{color-scheme:light;--app:#fff}
*{print-color-adjust:exact;-webkit-print-color-adjust:exact}
main{border:0;max-width:none;zoom:.8}
header,section.region,.half,footer,.board-row{padding-inline:0}
.board,.halves,.region>.scroll{margin-inline:0;padding-inline:0}
.half:first-child{padding-inline-end:20px}.half+.half{padding-inline-start:20px}
.board-row{grid-template-columns:118px 172px minmax(170px,1fr) 142px 76px 68px 62px;column-gap:10px}
.board-head{line-height:15px}
.half .name{max-width:112px}
.panels{grid-template-columns:repeat(3,minmax(0,1fr));gap:12px 20px}
.panel .forest{grid-template-columns:max-content minmax(0,1fr) 34px;column-gap:8px}
.scroll{overflow:visible;background:none}
.region table,.region .name{font-size:11px}.region th,.region td{padding:3px 5px;line-height:16px}
.region th:first-child,.region td:first-child{padding-inline-start:0}
.region table .name{max-width:110px;line-height:14px}.region tbody th{white-space:normal}
.board-row,tr,.panel,.forest-row,.texts tr{break-inside:avoid}
details::details-content{content-visibility:visible;display:block;height:auto}
h2,summary{break-after:avoid}
}
${colours}
`
