// Draws the same signs as ui/mark.tsx into pictures for the map.
import { cornerOf, FRAMES, type Mark, type Tone } from "../ui/mark.tsx";

const FILLS: Record<Tone, string> = {
  hostile: "#a3131f",
  police: "#0e5f55",
  traffic: "#7a4b00",
  people: "#5b3a9e",
  quiet: "#3d5163",
  place: "#f4f7f9",
  pact: "#0b5873",
};
const CORNER_INK = {
  open: "#1b6338",
  restricted: "#8a5a00",
  closed: "#a3131f",
  unknown: "#16303f",
};
const FIELD = 36;

/** The name of a picture says what to draw, so that missing ones are drawn when first needed. */
export const nameOf = (mark: Mark): string => JSON.stringify(mark);

function corner(pen: CanvasRenderingContext2D, mark: Mark): void {
  if (!mark.corner) return;
  pen.beginPath();
  pen.arc(23, 23, 6, 0, Math.PI * 2);
  pen.fillStyle = "#fff";
  pen.fill();
  pen.lineWidth = 1.2;
  pen.strokeStyle = "#16303f";
  pen.stroke();
  const sign = new Path2D(cornerOf(mark.corner));
  pen.strokeStyle = CORNER_INK[mark.corner];
  pen.lineWidth = 2.1;
  if (mark.corner === "restricted") {
    pen.fillStyle = CORNER_INK.restricted;
    pen.fill(sign);
  }
  pen.stroke(sign);
}

export function drawMark(name: string, ratio: number): ImageData | null {
  let mark: Mark;
  try {
    mark = JSON.parse(name) as Mark;
  } catch {
    return null;
  }
  const canvas = document.createElement("canvas");
  canvas.width = FIELD * ratio;
  canvas.height = FIELD * ratio;
  const pen = canvas.getContext("2d");
  if (pen === null) return null;
  pen.scale(ratio, ratio);
  pen.translate(4, 4);
  pen.lineJoin = "round";
  pen.lineCap = "round";
  const frame = new Path2D(FRAMES[mark.frame]);
  if (mark.flash) {
    pen.strokeStyle = "#e0182a";
    pen.lineWidth = 6.5;
    pen.stroke(frame);
    pen.strokeStyle = "#fff";
    pen.lineWidth = 3.6;
    pen.stroke(frame);
  }
  pen.globalAlpha = mark.stale ? 0.72 : 1;
  pen.fillStyle = FILLS[mark.tone];
  pen.fill(frame);
  pen.globalAlpha = 1;
  const place = mark.tone === "place";
  pen.strokeStyle = place ? "#16303f" : "#fff";
  pen.lineWidth = place ? 1.8 : 1.4;
  if (mark.stale) pen.setLineDash([3, 3.4]);
  pen.stroke(frame);
  pen.setLineDash([]);
  pen.strokeStyle = place ? "#16303f" : "#fff";
  pen.lineWidth = 1.9;
  pen.stroke(new Path2D(mark.glyph));
  corner(pen, mark);
  if (mark.disputed) {
    const flag = new Path2D("M1 -1h10l-10 10Z");
    pen.fillStyle = "#ffc000";
    pen.fill(flag);
    pen.strokeStyle = "#3a2c00";
    pen.lineWidth = 1;
    pen.stroke(flag);
  }
  return pen.getImageData(0, 0, canvas.width, canvas.height);
}
