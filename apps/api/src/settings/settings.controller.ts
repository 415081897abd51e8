import { Controller, Get, Patch } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Author } from '@schoolbell/identity';
import { SettingsRepository } from '@schoolbell/persistence';
import { CurrentAuthor, TenantId } from '../auth/request-context.js';
import { UserAuthenticator } from '../auth/user-authenticator.js';
import { Operation } from '../docs/operation.js';
import { ValidBody } from '../http/valid.js';
import {
  ChangeSettings,
  presentSettings,
  SETTINGS_EXAMPLE,
  SettingsDocument,
  settingsChangeOf,
} from './settings-document.js';

const ALL = { type: SettingsDocument, example: SETTINGS_EXAMPLE };

/** The settings that a tenant controls itself; its plan and limits are the platform's. */
@ApiTags('Settings')
@Controller('v1/settings')
export class SettingsController {
  constructor(
    private readonly settings: SettingsRepository,
    private readonly authenticator: UserAuthenticator,
  ) {}

  @Get()
  @Operation({
    id: 'getSettings',
    summary: 'Get the settings of the tenant',
    permission: 'webhooks:read',
    answer: { status: 200, description: 'The settings.', ...ALL },
  })
  async get(@TenantId() tenantId: string): Promise<SettingsDocument> {
    return presentSettings(await this.settings.find(tenantId));
  }

  @Patch()
  @Operation({
    id: 'updateSettings',
    summary: 'Change the settings of the tenant',
    description: 'Fields that are left out stay as they are.',
    permission: 'users:write',
    body: { type: ChangeSettings, example: { timeZone: 'Europe/Berlin' } },
    answer: { status: 200, description: 'The settings as they are now.', ...ALL },
  })
  async update(
    @TenantId() tenantId: string,
    @CurrentAuthor() author: Author,
    @ValidBody() body: ChangeSettings,
  ): Promise<SettingsDocument> {
    const settings = await this.settings.update(tenantId, settingsChangeOf(body), author);
    this.authenticator.forgetAll();
    return presentSettings(settings);
  }
}
