import type { Locator } from 'playwright-core';
import decodeQR from 'qr/decode.js';

interface Pixels {
  width: number;
  height: number;
  /** Four for each pixel. */
  data: number[];
}

/** A busy machine may take long for what a camera's frame leaves no time for. */
const MOST_MS = 10_000;

/** What a phone reads that is held before a QR code. */
export async function scanned(code: Locator): Promise<string> {
  const picture = await code.screenshot();
  // Decoded in a page of its own: that of the code shows no data: URLs.
  const page = await code.page().context().newPage();
  const { data, ...size } = await page.evaluate<Pixels>(pixelsOf(picture));
  await page.close();
  return decodeQR({ ...size, data: Uint8Array.from(data) }, { timeLimit: MOST_MS });
}

const pixelsOf = (picture: Buffer) => `(async () => {
  const answer = await fetch('data:image/png;base64,${picture.toString('base64')}');
  const image = await createImageBitmap(await answer.blob());
  const { width, height } = image;
  const canvas = new OffscreenCanvas(width, height).getContext('2d');
  canvas.drawImage(image, 0, 0);
  return { width, height, data: [...canvas.getImageData(0, 0, width, height).data] };
})()`;
