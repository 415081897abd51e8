import { eventTypeNamed } from '@schoolbell/catalogue';
import { describe, expect, it } from 'vitest';
import { dataOf } from './scorm-api-data.js';

describe('the data of a SCORM API event', () => {
  it('is that of the SCORM API’s page for a package that was processed', () => {
    const type = 'package.processing.completed';
    expect(dataOf({ type, data: eventTypeNamed(type)!.example })).toEqual({
      package_id: 'pkg_def456',
      title: 'Introduction to Safety Training',
      version: '1.2',
      scorm_version: '1.2',
      revision: 1,
      launch_url: 'index.html',
      file_size_bytes: 5_242_880,
    });
  });

  it('is that of the SCORM API’s page for a package that was refused', () => {
    const type = 'package.processing.failed';
    const data = {
      packageId: 'p',
      error: 'No manifest',
      errorCode: 'INVALID_MANIFEST',
      title: 'T',
    };
    expect(dataOf({ type, data })).toEqual({
      package_id: 'p',
      error: 'No manifest',
      error_code: 'INVALID_MANIFEST',
    });
  });

  it('has no score where only its range is known', () => {
    const data = { sessionId: 's', scoreMin: 0, scoreMax: 100 };
    expect(dataOf({ type: 'session.progress', data })).toMatchObject({ score: undefined });
  });
});
