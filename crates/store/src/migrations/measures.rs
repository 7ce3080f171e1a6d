//! Which forms a group asks to be answered before the conversation.

use sea_orm_migration::prelude::*;

pub(super) struct Measures;

impl MigrationName for Measures {
    fn name(&self) -> &'static str {
        "m0013_measures"
    }
}

#[sea_orm_migration::async_trait::async_trait]
impl MigrationTrait for Measures {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let sql = "alter table joining_group add column measures text";
        manager.get_connection().execute_unprepared(sql).await?;
        Ok(())
    }
}
