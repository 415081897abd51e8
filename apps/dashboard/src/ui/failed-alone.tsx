import type { ErrorComponentProps } from '@tanstack/react-router';
import { AloneFrame } from './alone-frame.tsx';
import { PageFailed } from './page-failed.tsx';

/** Replaces a page that failed together with its menu and header. */
export function FailedAlone(props: ErrorComponentProps) {
  return (
    <AloneFrame>
      <div className="-my-5 w-full max-w-xl">
        <PageFailed {...props} />
      </div>
    </AloneFrame>
  );
}
